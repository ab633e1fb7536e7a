"""Puts the guards of published editions into the database."""

from django.db import migrations

from guidelines import immutability


def install(apps, schema_editor):
    immutability.install(schema_editor.connection)


def remove(apps, schema_editor):
    immutability.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0001_initial"), ("governance", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
