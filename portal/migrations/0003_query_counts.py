
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_news'),
    ]

    operations = [
        migrations.CreateModel(
            name='QueryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日')),
                ('query', models.CharField(max_length=100, verbose_name='言葉')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='検索')),
                ('none', models.PositiveIntegerField(default=0, verbose_name='当たりなし')),
                ('refined', models.PositiveIntegerField(default=0, verbose_name='すぐに探し直し')),
            ],
            options={
                'verbose_name': '検索の件数',
                'verbose_name_plural': '検索の件数',
                'ordering': ['-day', 'query'],
                'constraints': [models.UniqueConstraint(fields=('day', 'query'), name='one_count_per_day_and_query')],
            },
        ),
    ]
