"""Using the library from other Python frameworks. Each module requires its own extra."""
