
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0005_picture_sizes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField(default=list, verbose_name='言葉')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='備考')),
            ],
            options={
                'verbose_name': '同義語',
                'verbose_name_plural': '同義語',
                'ordering': ['pk'],
            },
        ),
    ]
