"""``assistant doctor``: its checks, and ``--tune``."""
