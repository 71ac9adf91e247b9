"""Values that the shell completes; ``assistant --install-completion`` sets it up."""


def complete_model(incomplete: str) -> list[str]:
    """Return the names of the model registry that begin with what was typed."""
    from assistant.models import load_registry

    return [name for name in load_registry() if name.startswith(incomplete)]
