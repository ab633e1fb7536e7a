"""In whose name the commands act."""

from governance.models import User


def operator():
    """The account that stands for this machine's commands; nobody can sign in with it."""
    user, created = User.objects.get_or_create(username="operator", defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
