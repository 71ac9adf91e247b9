"""The settings tab: the model, how much is read, when to abstain, the theme."""
