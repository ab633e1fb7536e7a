"""The pages of who decides and who is responsible, for anyone to read.

On a day before it was founded, a ministry or body says from when it exists; what happens once, a
meeting for one, is not found before it has happened.
"""
