"""How long idle OpenMP threads of torch and llama.cpp spin before they sleep.

Design notes: docs/design/decoding-and-prefill.md
"""

import os
import sys

# Iterations of the spin loop: about 20 microseconds. GCC's default is a few milliseconds. For that
# long, a spinning thread occupies a core that threads with work need, which makes the model several
# times slower on a busy machine.
_SPINS = "1000"


def spin_briefly() -> None:
    """Make idle OpenMP threads spin briefly before they sleep.

    Must be called before the first import of torch or llama.cpp. Both use the same library, GCC's
    libgomp, which counts the threads of both. If there are more threads than cores, it lets idle
    threads sleep almost at once, unless the wait policy is "active". Sleeping at once makes each
    token take an eighth longer. Variables set by the user are left unchanged. On systems other than
    Linux nothing is set: OpenMP libraries other than GCC's would spin forever.
    """
    user_settings = {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys()
    if sys.platform == "linux" and not user_settings:
        os.environ["OMP_WAIT_POLICY"] = "active"
        os.environ["GOMP_SPINCOUNT"] = _SPINS
