from django.db import migrations

from governance import permissions


def define_groups(apps, schema_editor):
    permissions.define_groups(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("governance", "0004_strategies_plans_functions_meetings"),
        ("guidelines", "0006_synonyms"),
        ("portal", "0003_query_counts"),
    ]

    operations = [migrations.RunPython(define_groups, migrations.RunPython.noop)]
