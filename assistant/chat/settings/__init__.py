"""The settings tab: the model, the papers read, abstention, the theme."""
