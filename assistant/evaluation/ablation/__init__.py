"""Ablation: what each check and each step brings, measured by switching it off."""
