import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0018_search_headlines'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='double',
            options={'default_permissions': (), 'verbose_name': 'possible duplicate', 'verbose_name_plural': 'possible duplicates'},
        ),
        migrations.AlterModelOptions(
            name='entity',
            options={'default_manager_name': 'with_merged', 'ordering': ['key'], 'permissions': [('merge_entity', 'Can merge and split names')], 'verbose_name': 'name entry', 'verbose_name_plural': 'names'},
        ),
        migrations.AlterModelManagers(
            name='entity',
            managers=[
                ('with_merged', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='entity',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged_names', to='archive.entity'),
        ),
        migrations.AddField(
            model_name='entity',
            name='split_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='archive.entity'),
        ),
        migrations.AddField(
            model_name='tie',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_ties', to='archive.tie'),
        ),
        migrations.AlterField(
            model_name='double',
            name='score',
            field=models.PositiveSmallIntegerField(default=100, verbose_name='similarity'),
        ),
        migrations.AddConstraint(
            model_name='entity',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='archive_entity_not_merged_into_itself'),
        ),
        migrations.AlterModelOptions(
            name='tie',
            options={'default_manager_name': 'with_merged', 'ordering': ['kind', 'since', 'pk'], 'verbose_name': 'tie', 'verbose_name_plural': 'ties'},
        ),
        migrations.AlterModelManagers(
            name='tie',
            managers=[
                ('with_merged', django.db.models.manager.Manager()),
            ],
        ),
    ]
