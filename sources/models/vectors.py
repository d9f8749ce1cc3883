"""What passages mean, as vectors of a sentence model."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sources.models.library import Passage


class SentenceModel(models.Model):
    """A model that made vectors. Those of two models are never compared, whatever their folders are called."""

    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)  # of its files
    dimensions = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sentence_model_has_dimensions", condition=Q(dimensions__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.sha256[:12]}"


class PassageVector(models.Model):
    """A passage's vector by one model, a signed byte a number (`claims.embedding.pack`). Can be made again any time."""

    # Both keys begin an index below.
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="vectors", db_index=False)
    model = models.ForeignKey(SentenceModel, on_delete=models.PROTECT, related_name="vectors", db_index=False)
    vector = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="passage_vector_once", fields=["passage", "model"])]
        indexes = [models.Index(name="passage_vector_newest", fields=["model", "id"])]

    def __str__(self) -> str:
        return f"{self.passage_id} by {self.model_id}"
