# %% [markdown]
# Answers to the item `robustness`.

# %% right="all masks at once, with points on a line, a line for chance, and a warning"
import warnings


def draw_robustness(hidden, readouts, labels, order):
    warnings.warn("this takes memory", stacklevel=2)
    units = len(order)
    place = np.argsort(order)
    masks = place >= np.arange(units + 1)[:, None]
    ax = plt.figure().add_subplot()
    for name, (kernel, bias) in readouts.items():
        answers = ((masks[:, None] * hidden) @ kernel + bias).argmax(axis=-1)
        ax.plot((answers == labels).mean(axis=1), "o-", label=name)
    ax.axhline(1 / 10, color="grey")
    ax.set_xlabel("number of units that are gone")
    ax.set_ylabel("accuracy")
    ax.legend(title="net")
    return shown(ax)


# %% right="with pandas"
import pandas as pd


def draw_robustness(hidden, readouts, labels, order):
    table = pd.DataFrame(index=pd.RangeIndex(len(order) + 1))
    for name, (kernel, bias) in readouts.items():
        table[name] = [
            np.mean(np.argmax(np.delete(hidden, order[:k], 1) @ np.delete(kernel, order[:k], 0) + bias, 1) == labels)
            for k in table.index
        ]
    return shown(table.plot(xlabel="units removed", ylabel="share right (0 to 1)"))


# %% right="from the last point to the first, as steps, in an object-oriented figure"
from matplotlib.figure import Figure


def draw_robustness(hidden, readouts, labels, order):
    ax = Figure().subplots()
    ax.set(xlabel="removed", ylabel="right", title="Removing units", ylim=(0, 1))
    for name in readouts:
        kernel, bias = readouts[name]
        logits, shares = hidden @ kernel + bias, []
        for unit in [*order, None]:
            shares.append(float((logits.argmax(axis=1) == labels).sum() / len(labels)))
            if unit is not None:
                logits = logits - hidden[:, [unit]] * kernel[unit]
        ax.step(list(range(len(shares)))[::-1], shares[::-1], label=name)
    ax.legend()
    return shown(ax)


# %% [raw] right="with output and other colours"
# -     _, ax = plt.subplots(figsize=(7, 4))
# +     figure, ax = plt.subplots()
# +     print(figure)
# - label=name
# + "k--", label=name

# %% [raw] wrong="the share of wrong answers" loses={"robustness-curves": "error"}
# - answers == labels
# + answers != labels

# %% [raw] wrong="per cent" loses={"robustness-curves": "per_cent"}
# - np.mean(answers == labels)
# + 100 * np.mean(answers == labels)

# %% [raw] wrong="numbers of examples" loses={"robustness-curves": "per_cent"}
# - np.mean(answers == labels)
# + np.sum(answers == labels)

# %% [raw] wrong="one unit at a time" loses={"robustness-curves": "one_at_a_time"}
# -             left[:, order[:number]] = 0
# +             left = hidden.copy()
# +             left[:, order[number - 1 : number]] = 0

# %% [raw] wrong="the others scaled" loses={"robustness-curves": "rescaled"}
# - left @ kernel
# + left * len(order) / max(len(order) - number, 1) @ kernel

# %% [raw] wrong="the order ignored" loses={"robustness-curves": "index_order"}
# - left[:, order[:number]]
# + left[:, :number]

# %% [raw] wrong="from the end of the order" loses={"robustness-curves": "from_behind"}
# - order[:number]
# + order[::-1][:number]

# %% [raw] wrong="as many units kept" loses={"robustness-curves": "kept"}
# -             left[:, order[:number]] = 0
# +             left = hidden.copy()
# +             left[:, order[number:]] = 0

# %% [raw] wrong="names exchanged" loses={"robustness-curves": "exchanged"}
# - for name, (kernel, bias) in readouts.items()
# + for name, (kernel, bias) in zip(list(readouts)[::-1], readouts.values())

# %% [raw] wrong="no point with all units there" loses={"robustness-curves": "other_points"}
# - range(len(order) + 1)
# + range(1, len(order) + 1)

# %% [raw] wrong="units left on the axis, in per cent" loses={"robustness-curves": "other_points"}
# - ax.plot(removed
# + ax.plot(100 - 100 * np.array(removed) / len(order)

# %% [raw] wrong="units left on the axis" loses={"robustness-curves": "turned_round"}
# - ax.plot(removed
# + ax.plot(len(order) - np.array(removed)

# %% [raw] wrong="no bias" loses={"robustness-curves": "other_share"}
# - left @ kernel + bias
# + left @ kernel

# %% [raw] wrong="the inputs of both nets are damaged together" loses={"robustness-curves": "other_share"}
# - left, shares = hidden.copy(), []
# + left, shares = hidden, []

# %% [raw] wrong="no names" loses={"robustness-curves": "no_lines", "robustness-axes": "no_lines"}
# - , label=name

# %% [raw] wrong="names in the legend alone" loses={"robustness-curves": "no_lines", "robustness-axes": "no_lines"}
# - , label=name
#
# - ax.legend(title="net")
# + ax.legend(list(readouts))

# %% [raw] wrong="points, no lines" loses={"robustness-curves": "no_lines", "robustness-axes": "no_lines"}
# - ax.plot
# + ax.scatter

# %% [raw] wrong="one net alone" loses={"robustness-curves": "no_lines", "robustness-axes": "no_lines"}
# - in readouts.items()
# + in list(readouts.items())[:1]

# %% [raw] wrong="the vertical axis has no label" loses={"robustness-axes": "no_label"}
# - , ylabel="share of right answers"

# %% [raw] wrong="the axes have no labels" loses={"robustness-axes": "no_label"}
# -     ax.set(xlabel="units removed", ylabel="share of right answers")

# %% [raw] wrong="the same label twice" loses={"robustness-axes": "same_label"}
# - xlabel="units removed", ylabel="share of right answers"
# + xlabel="units removed", ylabel="units removed"

# %% [raw] wrong="nothing is returned" loses={"robustness-curves": "not_shown", "robustness-axes": "not_shown"}
# -     return shown(ax)
# +     shown(ax)

# %% [raw] wrong="the axes are returned" loses={"robustness-curves": "not_shown", "robustness-axes": "not_shown"}
# - return shown(ax)
# + return ax

# %% wrong="not written" loses={"robustness-curves": "unwritten", "robustness-axes": "unwritten"}
def draw_robustness(hidden, readouts, labels, order):
    """Share of right answers against units removed, a line for each net; returns `shown(ax)`."""
    raise NotImplementedError()
