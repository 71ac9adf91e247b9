"""The literature table: columns of the reader's choice, filled by the model from each abstract."""
