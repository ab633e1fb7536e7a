"""Draws what pages of the governance show as pictures; all of it pure, and also said in words."""
