"""The benchmark of speed: ours, its peers and bare llama.cpp on the same questions, in turns."""
