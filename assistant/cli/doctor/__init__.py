"""``assistant doctor``: checks of this machine, and ``--tune``."""
