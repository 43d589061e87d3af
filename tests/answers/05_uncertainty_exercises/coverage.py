# %% [markdown]
# Answers to the item `coverage`.

# %% right="in a loop over the sorted rows"
def share_of_kept(probabilities, labels, kept):
    doubts = [1 - max(row) for row in probabilities]
    order = sorted(range(len(labels)), key=lambda number: doubts[number])
    right = 0
    for number in order[:kept]:
        right += np.argmax(probabilities[number]) == labels[number]
    return right / kept


# %% right="by a threshold on the doubt"
def share_of_kept(probabilities, labels, kept):
    """Keeps what has no more doubt than the last one that is kept."""
    doubt = 1 - probabilities.max(axis=1)
    threshold = np.sort(doubt)[kept - 1]
    chosen = doubt <= threshold
    return float(np.mean(np.argmax(probabilities[chosen], axis=1) == labels[chosen]))


# %% right="with pandas and a note on stderr"
import sys


def share_of_kept(probabilities, labels, kept):
    table = pd.DataFrame(probabilities)
    table["right"] = table.idxmax(axis=1) == labels
    table["sure"] = probabilities.max(axis=1)
    print(len(table), "pictures", file=sys.stderr)
    return table.nlargest(kept, "sure")["right"].mean()


# %% right="with argpartition, and the arrays sorted in place"
def share_of_kept(probabilities: np.ndarray, labels: np.ndarray, kept: int) -> float:
    answers = probabilities.argmax(1)
    probabilities.sort(axis=1)
    surest = np.argpartition(probabilities[:, -1], -kept)[-kept:]
    return (answers[surest] == labels[surest]).sum() / kept


# %% wrong="those with the most doubt kept" loses=["coverage-share"] says=["those with the most doubt are kept"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(probabilities.max(axis=1))[:kept]
    return (probabilities.argmax(axis=1) == labels)[order].mean()


# %% wrong="divided by all" loses=["coverage-share"] says=["divided by all examples"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[:kept]
    return (probabilities.argmax(axis=1) == labels)[order].sum() / len(labels)


# %% wrong="the share of wrong answers" loses=["coverage-share"] says=["the share of wrong answers"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[:kept]
    return (probabilities.argmax(axis=1) != labels)[order].mean()


# %% wrong="a number instead of a share" loses=["coverage-share"] says=["right answers are counted"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[:kept]
    return (probabilities.argmax(axis=1) == labels)[order].sum()


# %% wrong="the accuracy" loses=["coverage-share"] says=["nothing is handed on"]
def share_of_kept(probabilities, labels, kept):
    return np.mean(probabilities.argmax(axis=1) == labels)


# %% wrong="the first ones" loses=["coverage-share"] says=["the first ones as they stand"]
def share_of_kept(probabilities, labels, kept):
    return np.mean(probabilities[:kept].argmax(axis=1) == labels[:kept])


# %% wrong="the probability of the true class" loses=["coverage-share"] says=["a doubt may not know the labels"]
def share_of_kept(probabilities, labels, kept):
    sure = probabilities[np.arange(len(labels)), labels]
    order = np.argsort(-sure)[:kept]
    return (probabilities.argmax(axis=1) == labels)[order].mean()


# %% wrong="a percentage" loses=["coverage-share"] says=["a percentage is returned"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[:kept]
    return 100 * (probabilities.argmax(axis=1) == labels)[order].mean()


# %% wrong="one kept too many" loses=["coverage-share"] says=["other examples are taken together"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[: kept + 1]
    return (probabilities.argmax(axis=1) == labels)[order].mean()


# %% wrong="printed, not returned" loses=["coverage-share"] says=["is one finite number"]
def share_of_kept(probabilities, labels, kept):
    order = np.argsort(-probabilities.max(axis=1))[:kept]
    print((probabilities.argmax(axis=1) == labels)[order].mean())


# %% wrong="not written" loses=["coverage-share"] says=["this part is not written yet"]
def share_of_kept(probabilities, labels, kept):
    """The share of right answers among the `kept` pictures with the least doubt."""
    raise NotImplementedError()
