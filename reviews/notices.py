"""A word to a person: a row in their inbox and a mail, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from claims.models import Claim
from jobs import queue
from reviews.models import Notification


def tell(user: User, kind: str, claim: Claim, *, actor: User | None, text: str = "") -> None:
    """Notify one person, unless it is about their own doing."""
    tell_all([user], kind, claim, actor=actor, text=text)


def tell_all(users: Iterable[User], kind: str, claim: Claim, *, actor: User | None, text: str = "") -> None:
    """Notify several people with a constant number of queries."""
    others = {user.pk: user for user in users if user.is_active and (actor is None or user.pk != actor.pk)}
    made = Notification.objects.bulk_create(
        Notification(user=user, actor=actor, claim=claim, kind=kind, text=text) for user in others.values()
    )
    with_address = [notice.pk for notice in made if notice.user.email]
    queue.enqueue_each("reviews.mail", with_address)


def send(notification_id: int) -> int:
    """Mail one notification. Sent again when it is not known whether it went out: twice is better than never."""
    notice = Notification.objects.select_related("user", "actor", "claim").get(pk=notification_id)
    if notice.mailed_at is None:
        label = str(Notification.Kind(notice.kind).label)
        address = settings.CLAIMDESK_URL.rstrip("/") + reverse("desk:claim", args=[notice.claim_id])
        who = notice.actor.name if notice.actor else ""
        told = ": ".join(part for part in (who, notice.text) if part)
        body = "\n\n".join(part for part in (f"{label}.", f"“{notice.claim.text}”", told, address) if part)
        send_mail(
            f"{label}: {notice.claim.text[:80]}".replace("\n", " "), body + "\n", None, [notice.user.email]
        )
    return notification_id


def mark_mailed(notification_id: int, sent: int) -> list[int]:
    """Remember that the mail went out."""
    Notification.objects.filter(pk=notification_id, mailed_at__isnull=True).update(mailed_at=timezone.now())
    return []


def settle(claim: Claim, kind: str) -> None:
    """Mark words of a kind about a claim as read, whoever they were for: what they asked for is done."""
    unread = Notification.objects.filter(claim=claim, kind=kind, read_at__isnull=True)
    unread.update(read_at=timezone.now())


def mark_read(user: User, *, ids: Iterable[int] | None = None) -> int:
    """Mark a person's own notifications as read: those named, or all."""
    unread = Notification.objects.filter(user=user, read_at__isnull=True)
    if ids is not None:
        unread = unread.filter(pk__in=list(ids))
    return unread.update(read_at=timezone.now())
