"""Commands that read and write the formats of other evaluation tools."""
