#!/bin/sh
# Install the paper assistant from this folder, without a network.
#
#   ./install.sh [FOLDER]      FOLDER becomes a virtual environment; by default ~/paper-assistant
#
# Variables: PYTHON, the interpreter to use; ASSISTANT_CACHE, where the models go (by default the
# user's cache folder). Run again with a newer bundle, it updates the same folder.
set -eu

bundle=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$HOME/paper-assistant}
version=$(cat "$bundle/python-version")
python=${PYTHON:-python$version}

fail() {
    echo "install.sh: $1" >&2
    exit 2
}

"$python" -c "import ensurepip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" \
    2>/dev/null || fail "Python $version with the module venv is needed. Install it (on Debian and \
Ubuntu: python$version-venv), or name it: PYTHON=/path/to/python$version ./install.sh"

echo "Checking the files."
if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
(cd "$bundle" && $sum --check --status SHA256SUMS) ||
    fail "A file of this folder is damaged or missing. Copy the bundle again."

echo "Installing into $folder."
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade \
    --no-index --find-links "$bundle/wheels" --constraint "$bundle/constraints.txt" paper-assistant

models=$("$folder/bin/python" -c \
    'from assistant.settings import cache_folder; print(cache_folder() / "models")')
echo "Copying the models into $models."
mkdir -p "$models"
cp -R "$bundle/models/." "$models/"

echo "Installed. Start it with: $folder/bin/assistant chat"
