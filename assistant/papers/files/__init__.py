"""Input files: finding them, unpacking archives, decoding text, and reading papers from them."""
