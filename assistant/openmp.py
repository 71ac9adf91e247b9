"""How long OpenMP's threads, which torch and llama.cpp compute with, wait before they sleep.

Design notes: docs/design/decoding-and-prefill.md
"""

import os
import sys

# How often a thread looks whether the others are done: about 20 microseconds. GCC's default, some
# milliseconds, keeps a core from whatever the others are waiting for; on a machine that has other
# things to do the model is several times slower with it.
_SPINS = "1000"


def wait_briefly() -> None:
    """Have threads look for each other's end a little while before they sleep.

    Works only before the first import of torch or llama.cpp. Both use the same library, GCC's
    libgomp. It counts the threads of both, finds more than there are cores and then lets them sleep
    nearly at once, unless the policy is to wait: a token of the model takes an eighth longer then.
    What the user has set is left as it is. Other libraries than GCC's would wait forever.
    """
    chosen = {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys()
    if sys.platform == "linux" and not chosen:
        os.environ["OMP_WAIT_POLICY"] = "active"
        os.environ["GOMP_SPINCOUNT"] = _SPINS
