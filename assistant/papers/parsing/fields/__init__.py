"""Parsing the fields of a record: names, columns, dates, types, labels."""
