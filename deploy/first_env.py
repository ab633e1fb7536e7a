"""Prints the settings of a portal that only this machine reaches; `make run` keeps them in .env."""

from django.core.management.utils import get_random_secret_key

print(f"""\
# Made by the first `make run`, for a portal that only this machine reaches.
# .env.example explains each setting, and what a public server needs.
SECRET_KEY='{get_random_secret_key().replace("'", "-").replace("$", "-")}'
ALLOWED_HOSTS=127.0.0.1,localhost
HTTPS=off""")
