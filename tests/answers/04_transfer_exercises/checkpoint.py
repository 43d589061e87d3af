# %% [markdown]
# Answers to the item `checkpoint`.

# %% right="whole models in files with a number, read again"
def best_models(train_one, rates, seeds, folder):
    found = {}
    for number, (rate, seed) in enumerate((r, s) for r in rates for s in seeds):
        path = folder / f"{number}.keras"
        keeper = keras.callbacks.ModelCheckpoint(path, save_best_only=True)
        train_one(rate, seed, [keeper])
        found[rate, seed] = keras.models.load_model(path)
    return found


# %% right="weights kept in memory, seeds outside"
class BestWeights(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.lowest, self.weights = np.inf, None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.lowest:
            self.lowest, self.weights = logs["val_loss"], self.model.get_weights()


def best_models(train_one, rates, seeds, folder):
    found = {}
    for seed in seeds:
        for rate in rates:
            keeper = BestWeights()
            found[(rate, seed)] = train_one(rate, seed, callbacks=[keeper])
            found[(rate, seed)].set_weights(keeper.weights)
    return found


# %% right="a folder for each run, arguments by position and by name"
def best_models(train_one, rates, seeds, folder):
    """(rate, seed) -> the model of that run, at its lowest validation loss."""

    def one(rate, seed):
        own = folder / str(rate) / str(seed)
        own.mkdir(parents=True)
        path = str(own / "best.weights.h5")
        keeper = keras.callbacks.ModelCheckpoint(path, "val_loss", 0, True, True, "min")
        model = train_one(rate=rate, seed=seed, callbacks=[keeper])
        model.load_weights(path)
        return model

    return {(rate, seed): one(rate, seed) for rate in rates for seed in seeds}


# %% right="restored after all trainings, talkative, with a progress bar"
from itertools import product

from tqdm import tqdm


def best_models(train_one, rates, seeds, folder):
    models, files = {}, {}
    for rate, seed in tqdm(list(product(rates, seeds))):
        files[rate, seed] = folder / f"run_{seed}_at_{rate:.3f}.weights.h5"
        keeper = keras.callbacks.ModelCheckpoint(
            files[rate, seed], mode="min", save_best_only=True, save_weights_only=True, verbose=1
        )
        models[rate, seed] = train_one(rate, seed, [keeper])
    for run, path in files.items():
        models[run].load_weights(path)
    return models


# %% right="early stopping, as patient as the training is long"
class Patient(keras.callbacks.EarlyStopping):
    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self.patience = self.params["epochs"]


def best_models(train_one, rates, seeds, folder):
    found = {}
    for rate in rates:
        for seed in seeds:
            path = folder / f"{rate}_{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                path, save_best_only=True, save_weights_only=True
            )
            found[rate, seed] = train_one(rate, seed, [keeper, Patient()])
            found[rate, seed].load_weights(path)
    return found


# %% right="early stopping that only restores"
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(patience=10**6, restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% right="every epoch in a file, the best one found by its log, with a warning"
import warnings


def best_models(train_one, rates, seeds, folder):
    if len(seeds) < 3:
        warnings.warn(f"only {len(seeds)} seeds", stacklevel=2)
    models = {}
    for rate in rates:
        for seed in seeds:
            name = "of-" + str(rate).replace(".", "_") + "-with-" + str(seed)
            history = keras.callbacks.History()
            keeper = keras.callbacks.ModelCheckpoint(
                folder / (name + "-{epoch}.weights.h5"), save_weights_only=True
            )
            model = train_one(rate, seed, [history, keeper])
            best = 1 + int(np.argmin(history.history["val_loss"]))
            model.load_weights(folder / f"{name}-{best}.weights.h5")
            models[rate, seed] = model
    return models


# %% right="a callback by itself, not in a list"
def best_models(train_one, rates, seeds, folder):
    models = dict()
    for i, rate in enumerate(rates):
        for j, seed in enumerate(seeds):
            path = folder.joinpath(f"{i}x{j}.weights.h5")
            models[rate, seed] = train_one(
                rate,
                seed,
                keras.callbacks.ModelCheckpoint(
                    path, monitor="val_loss", save_best_only=True, save_weights_only=True
                ),
            )
            models[rate, seed].load_weights(path)
    return models


# %% [raw] wrong="one file for all runs" loses={"checkpoint-own": "one_file", "checkpoint-best": "of_another_run"}
# -             own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
#
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 folder / "best.weights.h5",
# +                 monitor="val_loss",
# +                 save_best_only=True,
# +                 save_weights_only=True,
# -             models[rate, seed].load_weights(own_file)
# +     for model in models.values():
# +         model.load_weights(folder / "best.weights.h5")

# %% [raw] wrong="a file for each rate" loses={"checkpoint-own": "file_of_a_rate", "checkpoint-best": "of_another_run"}
# -             own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
#
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 folder / f"rate-{rate}.weights.h5", save_best_only=True, save_weights_only=True
# -             models[rate, seed].load_weights(own_file)
# +     for (rate, _), model in models.items():
# +         model.load_weights(folder / f"rate-{rate}.weights.h5")

# %% [raw] wrong="a file for each seed" loses={"checkpoint-own": "file_of_several_rates", "checkpoint-best": "of_another_run"}
# -             own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
#
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 folder / f"seed-{seed}.weights.h5", save_best_only=True, save_weights_only=True
# -             models[rate, seed].load_weights(own_file)
# +     for (_, seed), model in models.items():
# +         model.load_weights(folder / f"seed-{seed}.weights.h5")

# %% [raw] wrong="no space between rate and seed" loses={"checkpoint-own": "file_of_several_rates", "checkpoint-best": "of_another_run"}
# -             own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
#
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 folder / f"{rate}{seed}.weights.h5", save_best_only=True, save_weights_only=True
# -             models[rate, seed].load_weights(own_file)
# +     for (rate, seed), model in models.items():
# +         model.load_weights(folder / f"{rate}{seed}.weights.h5")

# %% [raw] wrong="by validation accuracy" loses={"checkpoint-best": "by_accuracy"}
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 own_file, monitor="val_accuracy", save_best_only=True, save_weights_only=True

# %% [raw] wrong="by the training loss" loses={"checkpoint-best": "by_training_loss"}
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 own_file, monitor="loss", save_best_only=True, save_weights_only=True

# %% [raw] wrong="the largest validation loss" loses={"checkpoint-best": "by_largest"}
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 own_file, "val_loss", save_best_only=True, save_weights_only=True, mode="max"

# %% [raw] wrong="written after every epoch" loses={"checkpoint-best": "last_epoch"}
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 own_file, monitor="val_loss", save_weights_only=True

# %% [raw] wrong="written but not restored" loses={"checkpoint-best": "last_epoch"}
# -             own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
#
# -                 own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# +                 folder / f"rate-{rate}-seed-{seed}.weights.h5",
# +                 monitor="val_loss",
# +                 save_best_only=True,
# +                 save_weights_only=True,
# -             models[rate, seed].load_weights(own_file)

# %% wrong="one callback for all runs" loses={"checkpoint-own": "one_callback", "checkpoint-best": "of_another_run"}
class BestWeights(keras.callbacks.Callback):
    lowest = np.inf

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.lowest:
            self.lowest, self.weights = logs["val_loss"], self.model.get_weights()


def best_models(train_one, rates, seeds, folder):
    keeper, models = BestWeights(), {}
    for rate in rates:
        for seed in seeds:
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].set_weights(keeper.weights)
    return models


# %% [raw] wrong="each run trained twice" loses={"checkpoint-own": "repeated"}
# -             models[rate, seed] = train_one(rate, seed, [keeper])
# +             train_one(rate, seed, [keeper])
# +             models[rate, seed] = train_one(rate, seed, [])

# %% [raw] wrong="keys exchanged" loses={"checkpoint-own": "other_keys", "checkpoint-best": "other_keys"}
# -     for rate in rates:
# -         for seed in seeds:
# +     for seed in seeds:
# +         for rate in rates:
# -             models[rate, seed] = train_one(rate, seed, [keeper])
# -             models[rate, seed].load_weights(own_file)
# +             models[seed, rate] = train_one(rate, seed, [keeper])
# +             models[seed, rate].load_weights(own_file)

# %% [raw] wrong="rate and seed exchanged in the call" loses={"checkpoint-own": "exchanged", "checkpoint-best": "exchanged"}
# -             models[rate, seed] = train_one(rate, seed, [keeper])
# +             models[rate, seed] = train_one(seed, rate, [keeper])

# %% wrong="early stopping without patience" loses={"checkpoint-best": "ended_early"}
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% wrong="early stopping with a patience of two" loses={"checkpoint-best": "ended_early"}
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% [raw] wrong="copies without the weights" loses={"checkpoint-own": "other_weights", "checkpoint-best": "other_weights"}
# -             models[rate, seed] = train_one(rate, seed, [keeper])
# -             models[rate, seed].load_weights(own_file)
# +             model = train_one(rate, seed, [keeper])
# +             model.load_weights(own_file)
# +             models[rate, seed] = keras.models.clone_model(model)

# %% wrong="weights, not models" loses={"checkpoint-own": "no_model", "checkpoint-best": "no_model"}
class BestWeights(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.lowest = np.inf

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.lowest:
            self.lowest, self.weights = logs["val_loss"], self.model.get_weights()


def best_models(train_one, rates, seeds, folder):
    found = {}
    for rate in rates:
        for seed in seeds:
            keeper = BestWeights()
            train_one(rate, seed, [keeper])
            found[rate, seed] = keeper.weights
    return found


# %% wrong="not written" loses={"checkpoint-own": "unwritten", "checkpoint-best": "unwritten"}
def best_models(train_one, rates, seeds, folder):
    """(rate, seed) -> the model of that run, at its lowest validation loss."""
    raise NotImplementedError()


# %% wrong="not returned" loses={"checkpoint-own": "other_keys", "checkpoint-best": "other_keys"}
def best_models(train_one, rates, seeds, folder):
    for rate in rates:
        for seed in seeds:
            model = train_one(rate, seed, [])
            print(rate, seed, model.name)

# %% right="trainings in threads"
from concurrent.futures import ThreadPoolExecutor


def best_models(train_one, rates, seeds, folder):
    def trained(run):
        path = folder / f"{run[0]!r} {run[1]}.keras"
        keep = keras.callbacks.ModelCheckpoint(path, monitor="val_loss", save_best_only=True)
        train_one(*run, callbacks=[keep])
        return keras.saving.load_model(path)

    runs = [(rate, seed) for rate in rates for seed in seeds]
    with ThreadPoolExecutor(3) as pool:
        return dict(zip(runs, pool.map(trained, runs)))


# %% wrong="trainings in processes" loses={"checkpoint-own": "crash", "checkpoint-best": "crash"}
from multiprocessing import get_context


def best_models(train_one, rates, seeds, folder):
    with get_context("fork").Pool(2) as pool:
        models = pool.starmap(train_one, [(rate, seed) for rate in rates for seed in seeds])
    return dict(zip([(rate, seed) for rate in rates for seed in seeds], models))
