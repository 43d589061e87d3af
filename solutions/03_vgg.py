# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 03 VGG blocks, the gap, and closing it
#
# **Question.** What does dropout do to the gap between training and test accuracy of a net of
# VGG blocks, and when does a lower gap mean a better net?
#
# **After this lesson you can**
#
# - build a net of VGG blocks from a function, and say what each block does to the shape;
# - keep the gap between training and test accuracy, taken with dropout off, apart from the
#   test accuracy itself;
# - say, over seeds, what dropout does to gap, accuracy and loss, with right labels and with wrong
#   ones, after few epochs and after many, and what the trials cannot tell.
#
# **Time.** About a minute of computing on two cores, and 20 minutes of reading and thinking.
# Nothing is downloaded.

# %% Imports tags=["experiment", "hide-input"]
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.ensemble import RandomForestClassifier

from course_utils import claims, datasets, plotting, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" trains on CIFAR-10, which takes hours

# %% [markdown]
# `LIVE_SEED` makes this run your own. Take any whole number from 100 to 999: the seeds below
# 100 are those of the recorded runs that you will be compared with, and those from 1000 on
# are kept for checking the record.

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 Blocks
#
# A VGG block (Simonyan and Zisserman, arXiv 1409.1556) is a few convolutions of 3 x 3 that keep the
# size of the picture (`padding="same"`), and a pooling that halves it. Their nets have one to four
# convolutions in a block: VGG-16 two or three, VGG-19 two or four. Here is a block with two, and
# with dropout behind it; with rate 0 the dropout does nothing.


# %% tags=["experiment", "vgg"]
def vgg_block(filters, rate):
    return [
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(rate),
    ]


# %% [markdown]
# The net has three blocks with 32, 64 and 128 filters, a dense layer and an output layer. With
# dropout its rates are 0.25, 0.25 and 0.4; in the plain net they are 0.


# %% tags=["experiment", "vgg"]
def build_vgg(shape, rates):
    return keras.Sequential(
        [
            keras.Input(shape),
            *vgg_block(32, rates[0]),
            *vgg_block(64, rates[1]),
            *vgg_block(128, rates[2]),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% [markdown]
# **Predict.** A picture has 32 x 32 pixels. What is its side after each block? How many
# blocks could there be at most? Which layer has the most parameters?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
build_vgg((32, 32, 1), rates=(0.25, 0.25, 0.4)).summary()

# %% [markdown]
# (None stands for the number of pictures.) The blocks leave a side of 16, 8 and 4. A fourth would
# leave 2 x 2 pixels, a fifth a single one: five is the most. The dense layer behind `Flatten` has
# the most parameters.

# %% [markdown]
# ## 2 The gap
#
# ### Two nets
#
# The pictures are those of lesson 02, clothes of Fashion-MNIST (Xiao and others, arXiv 1708.07747).
# Each net trains on 1,000, drawn by its seed; `wrong` is the share of them whose label is changed
# to another class at random, none for now.


# %% tags=["experiment"]
def draw_pictures(data, seed, size, wrong):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, size, generator)
    labels, is_wrong = datasets.flip_labels(drawn.y, wrong, 10, generator)
    return drawn.x, labels, is_wrong


# %%
clothes = datasets.load("fashion-mnist-6k")
data = clothes if PROFILE == "quick" else datasets.load("cifar10")
size = 1000 if PROFILE == "quick" else len(data.train)
pictures, labels, _ = draw_pictures(data, LIVE_SEED, size, wrong=0.0)
print({"train": pictures.shape, "validation": data.validation.x.shape, "test": data.test.x.shape})

# %% [markdown]
# Pictures of 28 x 28 pixels get a frame of zeros, and grey values lie between 0 and 1.


# %% tags=["experiment", "vgg"]
def as_inputs(pictures):
    """Grey values from 0-255 to 0-1; 28 x 28 pixels framed to 32 x 32, with a channel."""
    if pictures.ndim == 3:
        pictures = np.pad(pictures, ((0, 0), (2, 2), (2, 2)))[..., None]
    return pictures / np.float32(255)


# %% [markdown]
# The loss is the cross-entropy of lesson 01: the mean of −log of the probability that the net gives
# to the label, in nats (units of the natural logarithm). The **gap** is training minus test
# accuracy, both with dropout off.


# %% tags=["experiment", "vgg"]
def compile_vgg(shape, seed, dropout):
    keras.utils.set_random_seed(seed)
    model = build_vgg(shape, rates=(0.25, 0.25, 0.4) if dropout else (0.0, 0.0, 0.0))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["experiment", "vgg"]
def score_vgg(model, pictures, labels, data):
    """Losses and accuracies with dropout off, and which test pictures the net gets right."""
    parts = {
        "train": (pictures, labels),
        "validation": (data.validation.x, data.validation.y),
        "test": (data.test.x, data.test.y),
    }
    scores = {}
    for part, (x, y) in parts.items():
        loss, accuracy = model.evaluate(as_inputs(x), y, verbose=0)
        scores |= {f"{part}_loss": loss, f"{part}_accuracy": accuracy}
    answers = model.predict(as_inputs(data.test.x), verbose=0).argmax(axis=1)
    scores["gap"] = scores["train_accuracy"] - scores["test_accuracy"]
    return scores | {"test_right": answers == data.test.y}


# %% [markdown]
# **Predict.** After 8 epochs with right labels: which net has the higher accuracy on the training
# pictures, and which on the test pictures? How large is each gap?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
models, histories = {}, {}
for role, dropout in {"plain": False, "dropout": True}.items():
    models[role] = compile_vgg(as_inputs(pictures[:1]).shape[1:], LIVE_SEED, dropout)
    history = models[role].fit(
        as_inputs(pictures),
        labels,
        batch_size=64,
        epochs=8,
        validation_data=(as_inputs(data.validation.x), data.validation.y),
        callbacks=[trials.epoch_bar()],
        verbose=0,
    )
    histories[role] = pd.DataFrame(history.history)

# %% [markdown]
# In the table, `fit_accuracy` is the last accuracy in the log of `fit`: with units missing, and
# averaged over an epoch in which the net still learns. (So it is that of sub-networks, whose mean
# loss is the loss of the whole plus their disagreement, at least in a net of one hidden layer:
# lesson 00.) The others are taken afterwards.

# %% tags=["first-comparison"]
scores = {role: score_vgg(model, pictures, labels, data) for role, model in models.items()}
table = pd.DataFrame(scores).drop("test_right").astype(float)
table.loc["fit_accuracy"] = {role: each["accuracy"].iloc[-1] for role, each in histories.items()}
table.loc[
    ["fit_accuracy", "train_accuracy", "validation_accuracy", "test_accuracy", "gap", "test_loss"]
].round(3)

# %% [markdown]
# How did the two get there, epoch by epoch?

# %% How do the two nets learn? tags=["hide-input"]
plotting.picture(
    plotting.learning_curves(histories),
    alt="Over eight epochs with right labels the validation curves of the two nets come close "
    "together; during fit the plain net is ahead for most of the time.",
)

# %% [markdown]
# The accuracies during `fit` begin below those on validation, most with dropout. A gap taken from
# the log would be another number.

# %% [markdown]
# ### A rival
#
# Are these good accuracies? The rival of lesson 02, a random forest on the pixels, gets the
# pictures of your nets, once with 300 of their labels wrong.


# %% tags=["experiment", "vgg-forest"]
def measure_forest(data, seed, wrong):
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    forest = RandomForestClassifier(300, random_state=seed)
    forest.fit(pictures.reshape(len(pictures), -1), labels)
    test_right = forest.predict(data.test.x.reshape(len(data.test.x), -1)) == data.test.y
    return {"test_accuracy": test_right.mean(), "test_right": test_right}


vgg_forest = trials.Experiment(
    name="vgg-forest",
    data="fashion-mnist-6k",
    measure=measure_forest,
    conditions=[{"wrong": wrong} for wrong in [0.0, 0.3]],
    seeds=range(10),
)


# %%
own_forests = {
    name: measure_forest(clothes, LIVE_SEED, wrong)["test_accuracy"]
    for name, wrong in {"right labels": 0.0, "300 labels wrong": 0.3}.items()
}
pd.Series(own_forests, name="test accuracy of the forest").round(3).to_frame()

# %% [markdown]
# ### Over seeds: longer training, and wrong labels
#
# Both nets were recorded for 24 epochs, with right labels and with 300 wrong ones, and scored after
# 8 epochs and at the end. Training accuracy is counted against the labels as given; those of
# validation and test are always right. So a net that had learnt all that is true and nothing that
# is false would get 700 of its 1,000 training labels right and all test pictures: its gap would lie
# far below zero.
#
# **Predict.** In which of the four cases (right or wrong labels, 8 or 24 epochs) does dropout lower
# the gap? In which does it raise the test accuracy, and in which does it lower the loss?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "vgg"]
def measure_vgg(data, seed, dropout, wrong):
    """The scores after 24 epochs, and on the way, after 8, under names that end in _8."""
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    inputs = as_inputs(pictures)
    model = compile_vgg(inputs.shape[1:], seed, dropout)
    model.fit(inputs, labels, batch_size=64, epochs=8, verbose=0)
    early = score_vgg(model, pictures, labels, data)
    model.fit(inputs, labels, batch_size=64, epochs=24, initial_epoch=8, verbose=0)
    late = score_vgg(model, pictures, labels, data)
    return {f"{name}_8": value for name, value in early.items()} | late


# %% tags=["experiment", "vgg"]
vgg = trials.Experiment(
    name="vgg",
    data="fashion-mnist-6k",
    measure=measure_vgg,
    conditions=[
        {"dropout": dropout, "wrong": wrong} for wrong in [0.0, 0.3] for dropout in [False, True]
    ],
    seeds=range(10),
)


# %% [markdown]
# First the validation pictures, on which the number of epochs is chosen: which would you take, for
# each net and kind of labels, by accuracy, and which by loss? (`_8` means after 8 epochs.)

# %% tags=["method"]
recorded = vgg.recorded()
recorded.groupby(["wrong", "dropout"])[
    ["validation_accuracy_8", "validation_accuracy", "validation_loss_8", "validation_loss"]
].mean().round(3)

# %% [markdown]
# Accuracy chooses 24 epochs for both nets with right labels; with wrong ones it chooses 8 for the
# plain net, and is level for the other. Loss chooses 8 for the plain net in both cases, and 24 with
# dropout. The two need not choose alike.
#
# **Predict.** With 300 labels wrong, and for either net the number of epochs that validation
# accuracy chooses: what does dropout gain on the test pictures?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# Then the test pictures. Which accuracy do nets and forest reach? Each dot is one seed; the bar is
# the mean with its 95 % interval (about 95 of 100 such intervals hold the mean over all seeds there
# could be: lesson 01); the stars are your own nets and forests.


# %% What accuracy do nets and forest reach? tags=["hide-input"]
def dots(wrong, label, live, ax):
    """Test accuracy of both nets after 8 and after 24 epochs, and of the forest."""
    groups, roles = {}, []
    for epochs, measure in {8: "test_accuracy_8", 24: "test_accuracy"}.items():
        for role in ("plain", "dropout"):
            nets = statistics.select(recorded, {"dropout": role == "dropout", "wrong": wrong})
            groups[f"{role},\n{epochs} epochs"] = nets[measure]
            roles.append(role)
    groups["forest"] = statistics.select(vgg_forest.recorded(), {"wrong": wrong})["test_accuracy"]
    plotting.seed_dots(groups, label, [*roles, "neutral"], live, ax)


_, axes = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True, sharey=True)
own_nets = {f"{role},\n8 epochs": each["test_accuracy"] for role, each in scores.items()}
own_nets = own_nets if PROFILE == "quick" else {}  # the recorded nets saw clothes
own = own_nets | {"forest": own_forests["right labels"]}
dots(0.0, "test accuracy,\nright labels", own, axes[0])
dots(0.3, "test accuracy,\n300 labels wrong", {"forest": own_forests["300 labels wrong"]}, axes[1])
axes[0].tick_params(labelbottom=True)
plotting.picture(
    axes,
    alt="With right labels both nets gain accuracy from 8 to 24 epochs and lie level, about as "
    "high as the forest. With 300 labels wrong the plain net loses much accuracy from 8 to 24 "
    "epochs, the net with dropout stays where it was, and the forest lies above all of them.",
)

# %% [markdown]
# And what does dropout change in each of the four cases, seed by seed? Pairs share their pictures,
# their labels and the order of the batches; differences are dropout minus plain.


# %% What does dropout change in each case? tags=["hide-input"]
def dropout_minus_plain(measure):
    """The four cases, paired by seed."""
    return {
        f"{name}, {epochs} epochs": statistics.paired_difference(
            recorded,
            f"{measure}_8" if epochs == 8 else measure,
            {"dropout": False, "wrong": wrong},
            {"dropout": True, "wrong": wrong},
        )
        for name, wrong in {"right labels": 0.0, "300 wrong": 0.3}.items()
        for epochs in (8, 24)
    }


accuracies = {
    "gap\n(points; ← lower)": dropout_minus_plain("gap"),
    "test accuracy\n(points; better →)": dropout_minus_plain("test_accuracy"),
}
panels = {
    label: {case: difference.in_points() for case, difference in panel.items()}
    for label, panel in accuracies.items()
}
axes = plotting.differences(
    panels | {"test cross-entropy\n(nats; ← better)": dropout_minus_plain("test_loss")}
)
axes[-1].set_xticks([-0.8, -0.4, 0.0])
plotting.picture(
    axes,
    alt="Dropout lowers the gap in all four cases, by far only with 300 labels wrong after 24 "
    "epochs. There the accuracy is far higher, too; in the other cases it differs little. The loss "
    "is lower after 24 epochs, most with wrong labels, and not after 8 epochs.",
)

# %% [markdown]
# - **Gap**: lower in all four cases, by far only with wrong labels after 24 epochs. (After 8 with
#   wrong labels that is not told from chance when all claims are judged together, as below.)
# - **Test accuracy**: higher only there, and by far. The other three intervals hold zero.
# - **Loss**: lower after 24 epochs, not after 8. With right labels the accuracies are level, so the
#   lower loss comes from the probabilities that the nets give: see lesson 05.
#
# A gap has two ends. Which of them moves? (Means over the seeds.)

# %% Which end of the gap moves? tags=["hide-input"]
measures = ["validation_accuracy", "train_accuracy", "test_accuracy", "gap"]
by_epochs = pd.concat(
    recorded.assign(epochs=epochs, **{name: recorded[name + ending] for name in measures})
    for epochs, ending in {8: "_8", 24: ""}.items()
)
by_epochs.groupby(["wrong", "dropout", "epochs"])[measures[1:]].mean().round(3)

# %% [markdown]
# With right labels it is mostly the training end that dropout moves, a little down. With wrong
# labels the plain net spends its last 16 epochs on learning by heart: it gets more of the given
# labels right, false ones among them, and fewer test pictures. With dropout the training end rises
# less, and the test end stays.
#
# **A lower gap means a better net where the test end is higher**, and the gap alone does not say
# that. With wrong labels the gap nearest zero is that of dropout after 24 epochs; the plain net
# after 8, with its gap far below zero, has no lower test accuracy.
#
# Back to your prediction: what does dropout gain where the number of epochs is chosen? It is shown
# after 8 and after 24, since its validation accuracies are level.

# %% What is left, with the epochs chosen? tags=["hide-input"]
wrongly_taught = statistics.select(by_epochs, {"wrong": 0.3})
plain = statistics.select(wrongly_taught, {"dropout": False})
chosen = plain.groupby("epochs")["validation_accuracy"].mean().idxmax()
print(f"300 labels wrong; plain net after {chosen} epochs, as chosen on validation")
plain = statistics.select(plain, {"epochs": chosen}).assign(net="plain")
forest = statistics.select(vgg_forest.recorded(), {"wrong": 0.3}).assign(net="forest")
rivals = {"forest minus plain": forest} | {
    f"dropout, {epochs} epochs, minus plain": statistics.select(
        wrongly_taught, {"dropout": True, "epochs": epochs}
    ).assign(net="dropout")
    for epochs in (8, 24)
}
for name, rival in rivals.items():
    difference = statistics.paired_difference(
        pd.concat([plain, rival]), "test_accuracy", {"net": "plain"}, {"net": rival["net"].iloc[0]}
    )
    print(f"{name}: {claims.format_difference(difference)}")

# %% [markdown]
# Compare the upper ends of the intervals of dropout with what it gained after 24 epochs: little of
# that can be left. Fewer epochs do about as much for the plain net as dropout does for the other (a
# strong rival in lesson 01, too), and the forest, which needs no such choice, is better than it.
# What dropout buys here is a net that forgives being trained too long.

# %% [markdown]
# ## 3 Which clothes are missed?
#
# Accuracy says how often a net errs, not where. Which classes do your two nets miss, and what does
# the one with dropout take them for?

# %%
inputs, names = as_inputs(data.test.x), np.array(data.class_names)
predicted = {
    role: model.predict(inputs, verbose=0).argmax(axis=1) for role, model in models.items()
}
errors = pd.DataFrame(
    {
        f"share of errors, {role}": pd.Series(classes != data.test.y).groupby(data.test.y).mean()
        for role, classes in predicted.items()
    }
).round(2)
missed = predicted["dropout"] != data.test.y
taken_for = pd.Series(names[predicted["dropout"][missed]]).groupby(data.test.y[missed])
errors["most often taken for (dropout)"] = taken_for.agg(lambda answers: answers.mode()[0])
errors.set_axis(names)

# %% [markdown]
# Here are the first test pictures that both nets get wrong, with what the net with dropout takes
# them for.

# %% What do both nets get wrong? tags=["hide-input"]
both_wrong = (predicted["plain"] != data.test.y) & (predicted["dropout"] != data.test.y)
shown = np.flatnonzero(both_wrong)[:10]
truths, answers = names[data.test.y[shown]], names[predicted["dropout"][shown]]
plotting.picture(
    plotting.gallery(
        data.test.x[shown],
        [f"{truth},\ntaken for {answer}" for truth, answer in zip(truths, answers, strict=True)],
    ),
    alt="The first ten test pictures that both nets get wrong, each with its class and the class "
    "that the net with dropout takes it for: most are worn above the waist.",
)

# %% [markdown]
# Errors are spread very unequally; both nets miss shirts most. Whether dropout changes that, one
# run of each net cannot say.

# %% [markdown]
# ## What others found
#
# **Where.** Simonyan and Zisserman (arXiv 1409.1556) put dropout on the first two of their three
# dense layers ("dropout ratio set to 0.5") and none between the convolutions; our net has it the
# other way round. Srivastava and others (2014) found dropout in all layers of a convolutional net
# better than in the dense ones alone. Lesson 02 compares places, this one does not.
#
# **Learning by heart.** Zhang and others (arXiv 1611.03530) trained Inception on a million pictures
# of ImageNet, all labels drawn at random. Without regularisation it got 95.20 % of them right in
# training; with dropout and weight decay still about 90 %, so neither prevented it. Arpit and
# others (arXiv 1706.05394) found that regularisation, dropout for one, can make nets fit noise less
# well in training, and generalise no worse from real data. Is learning by heart held back, then, or
# prevented? Our nets with 300 wrong labels among 1,000, after 24 epochs:

# %% Held back, or prevented? tags=["hide-input"]
wrongly_taught = statistics.select(recorded, {"wrong": 0.3})
difference = statistics.paired_difference(
    wrongly_taught, "train_accuracy", {"dropout": False}, {"dropout": True}
)
print(f"training accuracy, dropout minus plain: {claims.format_difference(difference)}")
beyond = 100 * (statistics.select(wrongly_taught, {"dropout": True})["train_accuracy"] - 0.7)
low, high = statistics.t_interval(beyond)
print(
    "training accuracy with dropout, minus the share of right labels: "
    f"{beyond.mean():+.1f} points [{low:+.1f}, {high:+.1f}]"
)

# %% [markdown]
# Held back, as Arpit and others found: the net gets fewer training labels right, and more test
# pictures. Not prevented, as Zhang and others found: a net that agrees with more training labels
# than are true has learnt false ones. How far that would go after 24 epochs stays open.
#
# **Stopping early.** Arpit and others also saw that with random labels among the right ones the
# validation accuracy is highest before the training pictures are learnt; our plain net agrees. With
# right labels Zhang and others saw a gain of stopping early on ImageNet and none on CIFAR-10. Ours
# with right labels, looked at only twice, have the higher accuracy after 24 epochs; by its loss the
# plain net would gain from the earlier stop. Whether dropout is worth more than a stop for larger
# nets and more pictures, our trials cannot say.
#
# ## What would change our mind
#
# - More budgets than two: the best number of epochs may lie between 8 and 24, or beyond, and for
#   each net elsewhere. And validation labels that are wrong, too, as real ones would be.
# - More pictures. On all of CIFAR-10 one training takes longer than a lesson; lesson 08 looks at
#   what was claimed for this net there, on a part of it.
# - Other shares of wrong labels, or labels that are wrong for a reason: here a wrong class is drawn
#   at random, while people mistake a shirt for a coat.
#
# ## Key points
#
# - A block of "same" convolutions and a pooling halves the side; the number of filters sets the
#   channels.
# - The gap is taken with dropout off, after training. The log of `fit` gives another number.
# - A gap has two ends. With wrong labels and long training dropout moved both, and the test
#   accuracy was higher by far; with right labels it lowered the gap a little, and the test
#   accuracies could not be told apart. A lower gap is no aim in itself: look at the test end.
# - Dropout held back the learning of wrong labels by heart. Fewer epochs did about as much for the
#   test accuracy, and a forest beat both nets.
# - Accuracy and loss can go different ways; say which one a claim is about.
# - Choose the number of epochs on validation, for each net by itself, and say by which measure.
#
# ## What the evidence says
#
# These claims were written before their experiments were recorded; "narrows" means that training
# minus test accuracy gets lower, below zero as well. *Supported*: the difference lies on the
# claimed side of zero; *refuted*: on the other; *not distinguishable*: it is not told from chance,
# all claims of the lesson judged together by Holm's method. That asks more than an interval without
# zero. Accuracies are judged for new pictures of the same kind (so their intervals are a little
# wider than above), gap and loss for these test pictures alone. All claims stand on the site's page
# of claims.

# %% What do all trials together say? tags=["hide-input"]
claims.Ledger("03_vgg")

# %% [markdown]
# ## References
#
# - D. Arpit and others (2017). A closer look at memorization in deep networks.
#   [arXiv:1706.05394](https://arxiv.org/abs/1706.05394)
# - K. Simonyan, A. Zisserman (2014). Very deep convolutional networks for large-scale image
#   recognition. [arXiv:1409.1556](https://arxiv.org/abs/1409.1556)
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014). Dropout: a
#   simple way to prevent neural networks from overfitting. Journal of Machine Learning Research
#   15. [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html)
# - H. Xiao, K. Rasul, R. Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking
#   machine learning algorithms. [arXiv:1708.07747](https://arxiv.org/abs/1708.07747)
# - C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals (2016). Understanding deep learning
#   requires rethinking generalization. [arXiv:1611.03530](https://arxiv.org/abs/1611.03530)
