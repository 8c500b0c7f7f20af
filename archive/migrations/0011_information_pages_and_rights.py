import archive.stories.rights
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

from archive.base_page import PAGE_MODEL
from archive.migrations._site import PAGE, in_each


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(PAGE_MODEL),
        ('archive', '0010_segment_states'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to=PAGE)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                *in_each('name', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('intro', models.TextField(blank=True, verbose_name='introduction')),
                *in_each('intro', models.TextField(blank=True, null=True, verbose_name='introduction')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                *in_each('body', wagtail.fields.RichTextField(blank=True, null=True, verbose_name='text')),
                ('shows_search_tips', models.BooleanField(default=False, help_text='Show the table of what can be typed into the search box below the text.', verbose_name='search tips')),
            ],
            options={
                'verbose_name': 'information page',
                'verbose_name_plural': 'information pages',
            },
            bases=(PAGE,),
        ),
        migrations.AddField(
            model_name='articlepage',
            name='rights_statement',
            field=models.CharField(blank=True, choices=archive.stories.rights.rights_statements, help_text='What readers may do with the story. Empty: that of its publication.', max_length=12, verbose_name='rights statement'),
        ),
        migrations.AddField(
            model_name='publicationpage',
            name='rights_statement',
            field=models.CharField(blank=True, choices=archive.stories.rights.rights_statements, help_text='What readers may do with its stories, unless a story says something else.', max_length=12, verbose_name='rights statement'),
        ),
    ]
