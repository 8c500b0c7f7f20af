from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0020_statistics'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicationpage',
            name='first_issue',
            field=models.DateField(blank=True, help_text='When the first issue was printed. Earlier print dates are asked about.', null=True, verbose_name='first issue'),
        ),
    ]
