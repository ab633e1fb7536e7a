"""Puts the guard of offices with one holder into the database."""

from django.db import migrations

from governance import sole_office


def install(apps, schema_editor):
    sole_office.install(schema_editor.connection)


def remove(apps, schema_editor):
    sole_office.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_ministries_roles_appointments")]

    operations = [migrations.RunPython(install, remove)]
