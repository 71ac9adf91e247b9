"""What a question names of the records: authors, venues, dates, titles and ids."""
