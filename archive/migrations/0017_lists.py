from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0016_search_layout'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='articlepage',
            name='archive_by_issue',
        ),
        migrations.RemoveIndex(
            model_name='articlepage',
            name='archive_by_section',
        ),
        migrations.AddIndex(
            model_name='articlepage',
            index=models.Index(fields=['publication', '-print_date', 'print_page'], name='archive_by_publication'),
        ),
        migrations.AddIndex(
            model_name='articlepage',
            index=models.Index(fields=['section', '-print_date', 'print_page'], name='archive_by_section_page'),
        ),
        migrations.AddIndex(
            model_name='harvestrecord',
            index=models.Index(fields=['publication_id', '-since_en', 'article'], name='archive_harvest_pub_since_en'),
        ),
        migrations.AddIndex(
            model_name='harvestrecord',
            index=models.Index(fields=['publication_id', '-since_zh_hans', 'article'], name='archive_harvest_pub_since_zh'),
        ),
        migrations.AddIndex(
            model_name='harvestrecord',
            index=models.Index(fields=['section_id', '-since_en', 'article'], name='archive_harvest_sec_since_en'),
        ),
        migrations.AddIndex(
            model_name='harvestrecord',
            index=models.Index(fields=['section_id', '-since_zh_hans', 'article'], name='archive_harvest_sec_since_zh'),
        ),
        migrations.RemoveIndex(
            model_name='relatedstory',
            name='archive_related_by_score',
        ),
        migrations.AddIndex(
            model_name='relatedstory',
            index=models.Index(fields=['article', '-score', 'related'], name='archive_related_by_score'),
        ),
        migrations.AddField(
            model_name='readerreport',
            name='email_at',
            field=models.DateTimeField(null=True),
        ),
    ]
