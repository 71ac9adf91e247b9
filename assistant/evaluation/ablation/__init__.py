"""Ablation: what each check and each step contributes, measured by switching it off."""
