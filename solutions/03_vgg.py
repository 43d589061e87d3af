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
# VGG blocks, and when is a narrower gap a better net?
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
# Three blocks with 32, 64 and 128 filters, a dense layer and an output layer: that is "model
# 1" of an old notebook. Its "model 2" has dropout of 0.25, 0.25 and 0.4 behind the blocks.


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
model_2 = build_vgg((32, 32, 1), rates=(0.25, 0.25, 0.4))
model_2.summary()

# %% [markdown]
# (None stands for the number of pictures.) Each block halves the side: 32, 16, 8, 4. A fourth block
# would leave 2 x 2 pixels, a fifth a single one, and a sixth would have nothing left to pool. The
# dense layer behind `Flatten` has the most parameters.

# %% [markdown]
# ## 2 The gap
#
# ### Two nets
#
# The pictures are those of lesson 02, clothes of Fashion-MNIST (Xiao and others, arXiv 1708.07747):
# each net trains on 1,000 drawn by its seed, with all labels right, or 300 of them wrong. Those of
# validation and test are right.


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
# to the right class, in nats (units of the natural logarithm).


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
# **Predict.** After 8 epochs with right labels: which model has the higher accuracy on the
# training pictures, and which on the test pictures? How large is each gap?

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
# The gap is the difference of two accuracies **with dropout off**. The accuracy in the log of
# `fit` is that of a net with units missing, averaged over an epoch; compare the first two rows
# of your table. For model 2 a gap taken from the log mostly comes out too small, or below zero.
#
# With wrong labels the training accuracy is counted against the labels as they are given. A net
# that had learnt all that is true and nothing that is false would get 700 of its 1,000 training
# labels right and all test pictures: its gap would lie far below zero. A gap of zero is no aim in
# itself.

# %% [markdown]
# ### A rival
#
# Is that good? The rival that the nets of lesson 02 had to beat was a random forest on the pixels.
# Here it is on pictures of your own.


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


# %% [markdown]
# **Predict.** Does the forest do as well as your nets? How much worse does it get when 300 of its
# 1,000 labels are wrong?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
for name, wrong in {"right labels": 0.0, "300 labels wrong": 0.3}.items():
    print(name, measure_forest(clothes, LIVE_SEED, wrong)["test_accuracy"].round(3))

# %% [markdown]
# Wrong labels cost it little, since its 300 trees outvote most of them.

# %% [markdown]
# ### Over seeds: longer training, and wrong labels
#
# Both models were recorded for 24 epochs, with right labels and with 300 wrong ones, and scored
# twice: on the way, after 8 epochs, and at the end.
#
# **Predict.** In which of the four cases (right or wrong labels, 8 or 24 epochs) does dropout
# narrow the gap? In which does it raise the test accuracy, and in which does it lower the loss?

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
# First the validation pictures, on which the number of epochs is chosen. Choose one for each model,
# by accuracy and by loss. (`wrong` is the share of wrong labels; `_8` means after 8 epochs.)

# %% tags=["method"]
recorded = vgg.recorded()
recorded.groupby(["wrong", "dropout"])[
    ["validation_accuracy_8", "validation_accuracy", "validation_loss_8", "validation_loss"]
].mean().round(3)

# %% [markdown]
# Then the test pictures. Which accuracy do the two models reach, and which the forest, grown on the
# same pictures? Each dot is one seed; the bar is the mean with its 95 % interval (about 95 of 100
# such intervals hold the mean over all seeds there could be: lesson 01); the stars are your two
# nets.


# %% What accuracy do nets and forest reach? tags=["hide-input"]
def dots(wrong, label, live, ax):
    """Test accuracy of both models after 8 and after 24 epochs, and of the forest."""
    groups, roles = {}, []
    for epochs, measure in {8: "test_accuracy_8", 24: "test_accuracy"}.items():
        for role in ("plain", "dropout"):
            nets = statistics.select(recorded, {"dropout": role == "dropout", "wrong": wrong})
            groups[f"{role},\n{epochs} epochs"] = nets[measure]
            roles.append(role)
    groups["forest"] = statistics.select(vgg_forest.recorded(), {"wrong": wrong})["test_accuracy"]
    stars = {f"{role},\n8 epochs": live[role]["test_accuracy"] for role in live}
    plotting.seed_dots(groups, label, [*roles, "neutral"], stars, ax)


_, axes = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True, sharey=True)
# the recorded nets saw clothes
dots(0.0, "test accuracy,\nright labels", scores if PROFILE == "quick" else {}, axes[0])
dots(0.3, "test accuracy,\n300 labels wrong", {}, axes[1])
plotting.picture(
    axes,
    alt="With right labels both models gain accuracy from 8 to 24 epochs and lie level, about as "
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
    "gap\n(points; ← narrower)": dropout_minus_plain("gap"),
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
    alt="Dropout narrows the gap in all four cases, by far only with 300 labels wrong after 24 "
    "epochs. There the accuracy is far higher, too; in the other cases it differs little. The loss "
    "is lower after 24 epochs, most with wrong labels, and not after 8 epochs.",
)

# %% [markdown]
# In all four cases the gap is narrower with dropout, by little in three of them (for one of the
# three, wrong labels after 8 epochs, too little to be told from chance when all claims of this
# lesson are judged together). In the fourth the net gets more test pictures right as well, and by
# far: with wrong labels, after 24 epochs. With right labels the accuracy cannot be told apart,
# while after 24 epochs the loss is lower: a net with dropout is less sure of its mistakes. (So
# accuracy and loss need not choose alike: validation accuracy chooses 24 epochs for the plain net
# with right labels, validation loss 8.) A narrow gap is not a better net.
#
# What happens with wrong labels between 8 and 24 epochs? The training accuracy is counted on the
# labels as given.

# %% What happens between 8 and 24 epochs? tags=["hide-input"]
by_epochs = pd.concat(
    recorded.assign(
        epochs=epochs,
        train_accuracy=recorded["train_accuracy" + ending],
        test_accuracy=recorded["test_accuracy" + ending],
    )
    for epochs, ending in {8: "_8", 24: ""}.items()
)
statistics.select(by_epochs, {"wrong": 0.3}).groupby(["dropout", "epochs"])[
    ["train_accuracy", "test_accuracy"]
].mean().round(3)

# %% [markdown]
# The plain net spends these epochs on learning by heart: it gets more of the given labels right,
# false ones among them, and fewer test pictures. Dropout keeps the net from much of that. It does
# not make it better than it was after 8 epochs.
#
# **Predict.** So compare fairly: for either model the number of epochs, 8 or 24, that has the
# higher validation accuracy. What is left of the gain of dropout, with 300 labels wrong?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% What is left, each at its best? tags=["hide-input"]
at_best = []
for role, dropout in {"plain": False, "dropout": True}.items():
    nets = statistics.select(recorded, {"dropout": dropout, "wrong": 0.3})
    best = nets[["validation_accuracy_8", "validation_accuracy"]].mean().idxmax()
    print(role, "is chosen after", 8 if best.endswith("_8") else 24, "epochs")
    test_accuracy = nets[best.replace("validation", "test")]
    at_best.append(
        pd.DataFrame({"net": role, "seed": nets["seed"], "test_accuracy": test_accuracy})
    )
difference = statistics.paired_difference(
    pd.concat(at_best), "test_accuracy", {"net": "plain"}, {"net": "dropout"}
)
print("dropout minus plain, each at its best:", claims.format_difference(difference))

# %% [markdown]
# The gain is gone: the interval holds zero. Stopping early does for the plain net what dropout does
# for the other, as with the digits of lesson 01. And the forest, of which nothing of the kind is
# asked, has a higher mean than both. What dropout buys here is a net that forgives being trained
# too long.

# %% [markdown]
# ## 3 Looking inside
#
# Accuracy says how often a net errs, not where. First, what the second block of each of your nets
# makes of one picture.

# %%
picture = as_inputs(data.test.x[data.test.y == 9][:1])
maps = {}
for role, model in models.items():
    pooled = [layer for layer in model.layers if isinstance(layer, layers.MaxPooling2D)][1]
    maps[role] = keras.Model(model.inputs[0], pooled.output).predict(picture, verbose=0)[0]
print({role: each.shape for role, each in maps.items()})

# %% [markdown]
# What do the four strongest of these 64 maps look like?

# %% Where does the second block answer? tags=["hide-input"]
strongest = {}
for role, each in maps.items():
    order = np.argsort(-each.max(axis=(0, 1)))[:4]
    strongest[role] = [each[:, :, index] / each.max() for index in order]
plotting.picture(
    plotting.masked_images(
        {role: [picture[0].mean(axis=-1), *four] for role, four in strongest.items()},
        ["picture", *(f"map {number}" for number in range(1, 5))],
    ),
    alt="One picture and the four strongest maps that the second block makes of it, 8 by 8 pixels "
    "each, one row a net: grey mostly where the picture has an edge or an area, in both rows.",
)

# %% [markdown]
# Such pictures tempt to stories. They show where a net answers, not why, and not which net is
# better. Which classes are missed tells more.

# %%
inputs = as_inputs(data.test.x)
predicted = {
    role: model.predict(inputs, verbose=0).argmax(axis=1) for role, model in models.items()
}
errors = pd.DataFrame(
    {
        f"share of errors, {role}": pd.Series(classes != data.test.y).groupby(data.test.y).mean()
        for role, classes in predicted.items()
    }
)
errors.set_axis(data.class_names).round(2)

# %% [markdown]
# Here are the first test pictures that both nets get wrong. What are they, and what does the net
# with dropout take them for?

# %% What do both nets get wrong? tags=["hide-input"]
both_wrong = (predicted["plain"] != data.test.y) & (predicted["dropout"] != data.test.y)
shown = np.flatnonzero(both_wrong)[:10]
class_names = np.array(data.class_names)
truths, answers = class_names[data.test.y[shown]], class_names[predicted["dropout"][shown]]
plotting.picture(
    plotting.gallery(
        data.test.x[shown],
        [f"{truth},\ntaken for {answer}" for truth, answer in zip(truths, answers, strict=True)],
    ),
    alt="The first ten test pictures that both nets get wrong, each with its class and the class "
    "that the net with dropout takes it for: most are worn above the waist.",
)

# %% [markdown]
# Errors are spread very unequally over the classes: what is worn above the waist and has sleeves
# is taken for one another. Whether dropout changes that, one run of each net cannot say.

# %% [markdown]
# ## What others found
#
# **Where.** Simonyan and Zisserman (arXiv 1409.1556) dropped half of the units behind the first two
# of their three dense layers ("dropout ratio set to 0.5"), and none in the convolutional part: the
# reverse of our model 2. Srivastava and others (2014) found dropout in all layers of a
# convolutional net better than in the dense layers alone; lesson 02 looks at that. This lesson does
# not compare places.
#
# **Learning by heart.** Zhang and others (arXiv 1611.03530) trained Inception on a million pictures
# of ImageNet, all labels drawn at random. Without regularisation it got 95.20 % of them right in
# training, with dropout and weight decay still about 90 %: they do not prevent it. Arpit and others
# (arXiv 1706.05394) trained convolutional nets on CIFAR-10 with random and with right labels: of
# several regularisers dropout slowed learning by heart the most, at about the same validation
# accuracy with right labels. One paper asks what a large net can fit in the end, the other how
# fast. And ours, with 300 wrong labels among 1,000? Here is the training accuracy once more, paired
# by seed.

# %% Is it slowed, or prevented? tags=["hide-input"]
compared = {
    "dropout minus plain, 8 epochs": ((False, 8), (True, 8)),
    "dropout minus plain, 24 epochs": ((False, 24), (True, 24)),
    "with dropout, 24 minus 8 epochs": ((True, 8), (True, 24)),
}
for name, sides in compared.items():
    conditions = [dict(zip(("dropout", "epochs"), side, strict=True)) for side in sides]
    difference = statistics.paired_difference(
        statistics.select(by_epochs, {"wrong": 0.3}), "train_accuracy", *conditions
    )
    print(f"{name}: {claims.format_difference(difference)}")

# %% [markdown]
# It is slowed, as Arpit and others found. It is not prevented: with dropout the training accuracy
# climbs as well, beyond the share of right labels, while the test accuracy stands still. How far it
# would climb after 24 epochs stays open.
#
# **Stopping early.** Arpit and others also saw that with random labels among the right ones the
# validation accuracy is highest before the training pictures are learnt; our plain net agrees.
# Zhang and others saw a gain of stopping early on ImageNet and none on CIFAR-10. With right labels
# we see none either, by accuracy: both models are better after 24 epochs than after 8. Whether
# dropout is worth more than a stop where nets are larger, and pictures many, our trials cannot say.
#
# ## What would change our mind
#
# - More budgets than two: the best number of epochs may lie between 8 and 24, or beyond, and for
#   each model elsewhere. And validation labels that are wrong, too, as real ones would be.
# - More pictures. On all of CIFAR-10, of which the old notebook spoke, one training of model 1
#   takes far longer than a lesson; lesson 08 looks at what it claimed, on a part of CIFAR-10.
# - Other shares of wrong labels, or labels that are wrong for a reason: here a wrong class is drawn
#   at random, while people mistake a shirt for a coat.
#
# ## Key points
#
# - A block of "same" convolutions and a pooling halves the side; the number of filters sets the
#   channels.
# - The gap is taken with dropout off, after training. The log of `fit` gives another number.
# - With right labels dropout narrowed the gap a little, and the accuracy did not follow. With wrong
#   labels and long training both changed by far. A narrow gap is not a better net.
# - Dropout slowed learning wrong labels by heart. Stopping early did as much, and no net with wrong
#   labels beat a forest.
# - Accuracy and loss can go different ways; say which one a claim is about.
# - Choose the number of epochs on validation, for each model by itself, and say by which measure.
#
# ## What the evidence says
#
# These claims were written before their experiments were recorded. *Supported*: the difference lies
# on the claimed side of zero; *refuted*: on the other; *not distinguishable*: among all claims of
# the lesson, judged together by Holm's method, it is not told from chance. Accuracies are judged
# for new pictures of the same kind, gap and loss for these test pictures alone. All claims of the
# lesson stand on the site's page of claims.

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
