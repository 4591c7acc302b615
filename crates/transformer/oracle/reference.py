"""Values of two small models in PyTorch, which `tests/reference.rs` compares this crate with.

An independent implementation: float64, matrices and autograd of PyTorch, nothing of the crate. Weights and tokens come
from a formula that both sides evaluate, so that only results are stored. Development only; to remake the values:

    pip install torch numpy
    python crates/transformer/oracle/reference.py > crates/transformer/oracle/values.txt
"""

import math

import numpy as np
import torch

torch.set_default_dtype(torch.float64)

IGNORED = 65535
STEPS = 10
WARMUP = 4

MODELS = {
    # The family's shape: MLP, tied embedding, Muon with a rate that falls to zero.
    "decoder": dict(vocab=37, time=16, layers=2, heads=4, d=32, ff=128, tied=True, base=1000.0, batch=3, muon=True),
    # The induction model's shape: attention only, untied, AdamW.
    "attention_only": dict(
        vocab=28, time=32, layers=2, heads=1, d=32, ff=None, tied=False, base=100.0, batch=2, muon=False
    ),
}


def scattered(start, n):
    """n numbers in [-0.5, 0.5): a hash of their index, in 32-bit integers."""
    mask = np.uint64(0xFFFFFFFF)
    x = (np.arange(start, start + n, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(12345)) & mask
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(2246822519)) & mask
    x ^= x >> np.uint64(13)
    x = (x * np.uint64(3266489917)) & mask
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2.0**32 - 0.5


def shapes(m):
    d = m["d"]
    yield "embedding", (m["vocab"], d)
    for layer in range(m["layers"]):
        yield f"attention_norm.{layer}", (d,)
        for name in ("query", "key", "value", "attention_output"):
            yield f"{name}.{layer}", (d, d)
        if m["ff"]:
            yield f"mlp_norm.{layer}", (d,)
            yield f"mlp_up.{layer}", (m["ff"], d)
            yield f"mlp_down.{layer}", (d, m["ff"])
    yield "final_norm", (d,)
    if not m["tied"]:
        yield "unembedding", (m["vocab"], d)


def weights(m):
    """Gains 1 + u / 2; everything else uniform with variance 1 / columns. Rounded to float32, as the crate has them."""
    result, offset = {}, 0
    for name, shape in shapes(m):
        n = math.prod(shape)
        u = scattered(offset, n)
        values = 1.0 + 0.5 * u if len(shape) == 1 else u * math.sqrt(12.0 / shape[1])
        result[name] = torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape), requires_grad=True)
        offset += n
    return result


def tokens(m, step):
    """A batch: inputs and targets, every fifth target ignored."""
    n = m["batch"] * m["time"]
    u = scattered(1_000_000 * (step + 1), 2 * n) + 0.5
    ids = (u * m["vocab"]).astype(np.int64)
    inputs, targets = ids[:n].copy(), ids[n:].copy()
    targets[::5] = IGNORED
    shape = (m["batch"], m["time"])
    return torch.tensor(inputs.reshape(shape)), torch.tensor(targets.reshape(shape))


def norm(x, gain):
    return gain * x / torch.sqrt(torch.mean(x * x, dim=-1, keepdim=True) + 1e-5)


def rotate(x, base):
    """x: [batch, heads, time, d_head]. As complex numbers: coordinate i is the real part, i + half the imaginary."""
    half = x.shape[-1] // 2
    frequencies = base ** (-torch.arange(half) / half)
    angles = torch.arange(x.shape[2])[:, None] * frequencies
    turned = torch.complex(x[..., :half], x[..., half:]) * torch.polar(torch.ones_like(angles), angles)
    return torch.cat([turned.real, turned.imag], dim=-1)


def logits(m, w, inputs):
    batch, time = inputs.shape
    heads, d = m["heads"], m["d"]
    x = w["embedding"][inputs] * (math.sqrt(d) if m["tied"] else 1.0)
    past = torch.ones(time, time).tril() == 1
    for layer in range(m["layers"]):
        h = norm(x, w[f"attention_norm.{layer}"])
        q, k, v = (
            (h @ w[f"{name}.{layer}"].T).view(batch, time, heads, d // heads).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        scores = rotate(q, m["base"]) @ rotate(k, m["base"]).transpose(2, 3) / math.sqrt(d // heads)
        probs = torch.softmax(scores.masked_fill(~past, -math.inf), dim=-1)
        x = x + (probs @ v).transpose(1, 2).reshape(batch, time, d) @ w[f"attention_output.{layer}"].T
        if m["ff"]:
            h = norm(x, w[f"mlp_norm.{layer}"])
            x = x + torch.relu(h @ w[f"mlp_up.{layer}"].T) ** 2 @ w[f"mlp_down.{layer}"].T
    table = w["embedding"] if m["tied"] else w["unembedding"]
    return norm(x, w["final_norm"]) @ table.T


def position_losses(m, w, inputs, targets):
    ignored = targets == IGNORED
    log_probs = torch.log_softmax(logits(m, w, inputs), dim=-1)
    picked = log_probs.gather(-1, targets.masked_fill(ignored, 0)[..., None])[..., 0]
    return torch.where(ignored, torch.zeros(()), -picked), (~ignored).sum()


def orthogonalize(x):
    if x.shape[0] > x.shape[1]:
        return orthogonalize(x.T).T
    x = x / (torch.linalg.norm(x) + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x


class Trainer:
    """The two recipes: Muon for hidden matrices and clipped AdamW for the rest, or AdamW for all."""

    def __init__(self, m, w):
        self.w = w
        hidden = [v for k, v in w.items() if v.dim() == 2 and "embedding" not in k]
        others = [v for k, v in w.items() if v.dim() == 1 or "embedding" in k]
        if m["muon"]:
            self.hidden = [(v, torch.zeros_like(v)) for v in hidden]
            self.clipped = others
            self.adam = torch.optim.AdamW(others, lr=5e-3, betas=(0.9, 0.98), eps=1e-10, weight_decay=0.0)
        else:
            self.hidden, self.clipped = [], None
            gains = [v for v in others if v.dim() == 1]
            matrices = hidden + [v for v in others if v.dim() == 2]
            self.adam = torch.optim.AdamW(
                [dict(params=matrices, weight_decay=0.01), dict(params=gains, weight_decay=0.0)],
                lr=1e-2,
                betas=(0.9, 0.99),
                eps=1e-8,
            )
        self.full_rates = [group["lr"] for group in self.adam.param_groups]

    def step(self, rate):
        if self.clipped:
            total = math.sqrt(sum(float((v.grad**2).sum()) for v in self.clipped))
            if total > 1.0:
                for v in self.clipped:
                    v.grad /= total
        for group, full in zip(self.adam.param_groups, self.full_rates):
            group["lr"] = rate * full
        self.adam.step()
        with torch.no_grad():
            for v, momentum in self.hidden:
                lr = rate * 0.02
                momentum.mul_(0.95).add_(v.grad, alpha=0.05)
                update = orthogonalize(0.05 * v.grad + 0.95 * momentum)
                v.mul_(1 - lr * 0.05).sub_(lr * math.sqrt(max(1.0, v.shape[0] / v.shape[1])) * update)


def rate(m, step):
    warm = min(1.0, (step + 1) / WARMUP)
    return warm * min(1.0, (STEPS - step) / (STEPS - WARMUP)) if m["muon"] else warm


def show(name, values):
    print(name, " ".join(f"{float(v):.9g}" for v in values))


def main():
    print("# Made by reference.py; see there.")
    for name, m in MODELS.items():
        w = weights(m)
        inputs, targets = tokens(m, 0)
        with torch.no_grad():
            last = logits(m, w, inputs)[-1]
            show(f"{name}.logits", torch.cat([last[0], last[m["time"] // 2], last[-1]]))
            show(f"{name}.losses", position_losses(m, w, inputs, targets)[0].flatten())
        trainer, training_losses = Trainer(m, w), []
        for step in range(STEPS):
            losses, n_targets = position_losses(m, w, *tokens(m, step))
            loss = losses.sum() / n_targets
            for v in w.values():
                v.grad = None
            loss.backward()
            if step == 0:
                show(f"{name}.gradient_norms", [torch.linalg.norm(v.grad) for v in w.values()])
                show(f"{name}.gradient_lasts", [v.grad.flatten()[-1] for v in w.values()])
            training_losses.append(loss.item())
            trainer.step(rate(m, step))
        show(f"{name}.training_losses", training_losses)


main()
