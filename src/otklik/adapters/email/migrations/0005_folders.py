import django.db.models.deletion
from django.db import migrations, models

import otklik.adapters.email.models.mailbox

STATE = ("uidvalidity", "last_uid", "old_uid", "started_at")


def to_folders(apps, schema_editor):
    Folder = apps.get_model("email", "Folder")
    for mailbox in apps.get_model("email", "Mailbox").objects.all():
        mailbox.imap_folders = [mailbox.imap_folder]
        mailbox.save(update_fields=["imap_folders"])
        Folder.objects.create(
            mailbox=mailbox, name=mailbox.imap_folder, **{name: getattr(mailbox, name) for name in STATE}
        )


def to_one_folder(apps, schema_editor):
    for mailbox in apps.get_model("email", "Mailbox").objects.all():
        mailbox.imap_folder = mailbox.imap_folders[0]
        state = mailbox.folders.filter(name=mailbox.imap_folder).first()
        for name in STATE if state else ():
            setattr(mailbox, name, getattr(state, name))
        mailbox.save()


class Migration(migrations.Migration):
    dependencies = [("email", "0004_grants")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="imap_folders",
            field=models.JSONField(default=otklik.adapters.email.models.mailbox.inbox_only, verbose_name="folders"),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="after_reading",
            field=models.CharField(
                choices=[
                    ("leave", "leave it as it is"),
                    ("seen", "mark it as read"),
                    ("move", "move it to another folder"),
                    ("delete", "delete it from the mailbox"),
                ],
                default="seen",
                max_length=8,
                verbose_name="a message that was read",
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="move_to",
            field=models.CharField(blank=True, max_length=255, verbose_name="folder for what was read"),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="reading_stopped",
            field=models.BooleanField(default=False, verbose_name="reading is stopped"),
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="folder")),
                ("uidvalidity", models.PositiveBigIntegerField(null=True)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                ("old_uid", models.PositiveBigIntegerField(default=0)),
                ("started_at", models.DateTimeField(null=True)),
                ("found", models.PositiveIntegerField(default=0, verbose_name="messages of this pass")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="of them read")),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="folders", to="email.mailbox"
                    ),
                ),
            ],
            options={"verbose_name": "folder", "verbose_name_plural": "folders"},
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(fields=("mailbox", "name"), name="one_folder_of_a_name"),
        ),
        migrations.RunPython(to_folders, to_one_folder),
        migrations.RemoveField(model_name="mailbox", name="imap_folder"),
        migrations.RemoveField(model_name="mailbox", name="uidvalidity"),
        migrations.RemoveField(model_name="mailbox", name="last_uid"),
        migrations.RemoveField(model_name="mailbox", name="old_uid"),
        migrations.RemoveField(model_name="mailbox", name="started_at"),
    ]
