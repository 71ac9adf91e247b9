"""What the commands share: options, opening a library, output, an answer as it is written."""
