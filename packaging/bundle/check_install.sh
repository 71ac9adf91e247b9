#!/usr/bin/env bash
# Install a bundle without a network, and ask the installation a question:
#
#   check_install.sh BUNDLE FOLDER [WAY ...]      WAY: script, pip, pipx or uv; by default all four
#
# Each way begins with an empty FOLDER. pipx and uv are taken from the package index first. Where the
# system allows it (as root on Linux), the rest runs in a network namespace without interfaces.
set -euo pipefail

bundle=$(realpath "$1")
folder=$(realpath --canonicalize-missing "$2")
shift 2
ways=("$@")
if [ ${#ways[@]} = 0 ]; then ways=(script pip pipx uv); fi
# The interpreter itself, not what the user's settings make of its name.
python=$("${PYTHON:-python$(cat "$bundle/python-version")}" -c "import sys; print(sys.executable)")
question="How many tokens was Qwen2.5 pre-trained on?"
in_answer="18 trillion"

export HOME=$folder/home ASSISTANT_CACHE=$folder/cache ASSISTANT_LIBRARY=$folder/library
export PIPX_HOME=$folder/pipx PIPX_BIN_DIR=$folder/bin UV_TOOL_DIR=$folder/uv UV_TOOL_BIN_DIR=$folder/bin
export UV_CACHE_DIR=$folder/uv-cache
unset PYTHONPATH

offline=(env PIP_NO_INDEX=1 UV_OFFLINE=1 HF_HUB_OFFLINE=1
    PIP_FIND_LINKS="$bundle/wheels" PIP_CONSTRAINT="$bundle/constraints.txt"
    UV_FIND_LINKS="$bundle/wheels" UV_CONSTRAINT="$bundle/constraints.txt")
if unshare --net true 2>/dev/null; then offline=(unshare --net "${offline[@]}"); fi

install_by_script() {
    PYTHON=$python "${offline[@]}" "$bundle/install.sh" "$folder/installed"
    installed=$folder/installed/bin/assistant
}

install_by_pip() {
    "$python" -m venv "$folder/environment"
    "${offline[@]}" "$folder/environment/bin/pip" install --quiet "$wheel"
    installed=$folder/environment/bin/assistant
}

install_by_pipx() {
    get_tool pipx
    "${offline[@]}" "$folder/tools/bin/pipx" install --python "$python" "$wheel"
    installed=$folder/bin/assistant
}

install_by_uv() {
    get_tool uv
    "${offline[@]}" "$folder/tools/bin/uv" tool install --python "$python" --no-index "$wheel"
    installed=$folder/bin/assistant
}

get_tool() {
    "$python" -m venv "$folder/tools"
    "$folder/tools/bin/pip" install --quiet "$1"
}

wheel=$(echo "$bundle"/wheels/paper_assistant-*.whl)
for way in "${ways[@]}"; do
    echo "== $way"
    rm -rf "$folder"
    mkdir -p "$HOME" "$ASSISTANT_CACHE"
    if [ "$way" != script ]; then cp -R "$bundle/models" "$ASSISTANT_CACHE/models"; fi
    cd "$HOME"
    "install_by_$way"
    "$installed" --version
    "${offline[@]}" "$installed" doctor
    "${offline[@]}" "$installed" ask "$question" | tee answer.txt
    grep --quiet "$in_answer" answer.txt
done
rm -rf "$folder"
echo "Installed and asked: ${ways[*]}"
