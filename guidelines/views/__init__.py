"""The pages of the guidelines, and those on which the governance meets the texts."""
