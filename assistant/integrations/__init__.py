"""The library as a part of other Python frameworks. Each module needs an extra of its own."""
