# %% [markdown]
# Answers to the item `checkpoint`.

# %% right="whole models in files with a number, read again"
def best_models(train_one, rates, seeds, folder):
    found = {}
    for number, (rate, seed) in enumerate((r, s) for r in rates for s in seeds):
        path = folder / f"{number}.keras"
        train_one(rate, seed, [keras.callbacks.ModelCheckpoint(path, save_best_only=True)])
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


# %% [raw] right="a folder for each run, arguments by position and by name"
# - folder / f"rate-{rate}-seed-{seed}.weights.h5"
# + str(folder / str(rate) / f"{seed}.weights.h5")
# +             (folder / str(rate)).mkdir(exist_ok=True)
# - own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
# + own_file, "val_loss", 0, True, True, "min"
# - (rate, seed, [keeper])
# + (rate=rate, seed=seed, callbacks=[keeper])

# %% [raw] right="restored after all trainings, talkative, with a progress bar"
# - def best_models(train_one, rates, seeds, folder):
# + from tqdm import tqdm
# +
# +
# + def best_models(train_one, rates, seeds, folder):
# -     for rate in rates:
# +     for rate in tqdm(rates):
# - monitor="val_loss", save_best_only=True, save_weights_only=True
# + mode="min", save_best_only=True, save_weights_only=True, verbose=1
# -             models[rate, seed].load_weights(own_file)
# +     for (rate, seed), model in models.items():
# +         model.load_weights(folder / f"rate-{rate}-seed-{seed}.weights.h5")

# %% [raw] right="early stopping, as patient as the training is long"
# - def best_models(train_one, rates, seeds, folder):
# + class Patient(keras.callbacks.EarlyStopping):
# +     def on_train_begin(self, logs=None):
# +         super().on_train_begin(logs)
# +         self.patience = self.params["epochs"]
# +
# +
# + def best_models(train_one, rates, seeds, folder):
# - [keeper]
# + [keeper, Patient()]

# %% right="early stopping that only restores"
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(patience=10**6, restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% [raw] right="every epoch in a file, the best one found by its log, with a warning"
# - def best_models(train_one, rates, seeds, folder):
# + import warnings
# +
# +
# + def best_models(train_one, rates, seeds, folder):
# +     warnings.warn("many files", stacklevel=2)
# - {seed}.weights.h5"
# + {seed}-{{epoch}}.weights.h5"
# - monitor="val_loss", save_best_only=True, save_weights_only=True
# + save_weights_only=True
# -             models[rate, seed] = train_one(rate, seed, [keeper])
# -             models[rate, seed].load_weights(own_file)
# +             history = keras.callbacks.History()
# +             models[rate, seed] = train_one(rate, seed, [history, keeper])
# +             best = 1 + int(np.argmin(history.history["val_loss"]))
# +             models[rate, seed].load_weights(str(own_file).format(epoch=best))

# %% [raw] right="a callback by itself, not in a list"
# - [keeper]
# + keeper

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


# %% [raw] wrong="one file for all runs" loses={"checkpoint-own": "one_file", "checkpoint-best": "of_another_run"}
# - rate-{rate}-seed-{seed}
# + best
# -             models[rate, seed].load_weights(own_file)
# +     for model in models.values():
# +         model.load_weights(own_file)

# %% [raw] wrong="a file for each rate" loses={"checkpoint-own": "file_of_a_rate", "checkpoint-best": "of_another_run"}
# - -seed-{seed}
#
# -             models[rate, seed].load_weights(own_file)
# +         for seed in seeds:
# +             models[rate, seed].load_weights(own_file)

# %% [raw] wrong="a file for each seed" loses={"checkpoint-own": "file_of_several_rates", "checkpoint-best": "of_another_run"}
# - rate-{rate}-
#
# -             models[rate, seed].load_weights(own_file)
# +     for (rate, seed), model in models.items():
# +         model.load_weights(folder / f"seed-{seed}.weights.h5")

# %% [raw] wrong="no space between rate and seed" loses={"checkpoint-own": "file_of_several_rates", "checkpoint-best": "of_another_run"}
# - rate-{rate}-seed-{seed}
# + {rate}{seed}
# -             models[rate, seed].load_weights(own_file)
# +     for (rate, seed), model in models.items():
# +         model.load_weights(folder / f"{rate}{seed}.weights.h5")

# %% [raw] wrong="by validation accuracy" loses={"checkpoint-best": "by_accuracy"}
# - val_loss
# + val_accuracy

# %% [raw] wrong="by the training loss" loses={"checkpoint-best": "by_training_loss"}
# - val_loss
# + loss

# %% [raw] wrong="the largest validation loss" loses={"checkpoint-best": "by_largest"}
# - monitor="val_loss"
# + mode="max"

# %% [raw] wrong="written after every epoch" loses={"checkpoint-best": "last_epoch"}
# -  save_best_only=True,

# %% [raw] wrong="written but not restored" loses={"checkpoint-best": "last_epoch"}
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
# - models[rate, seed] =
# + models[seed, rate] =
# - models[rate, seed].
# + models[seed, rate].

# %% [raw] wrong="rate and seed exchanged in the call" loses={"checkpoint-own": "exchanged", "checkpoint-best": "exchanged"}
# - (rate, seed,
# + (seed, rate,

# %% [raw] wrong="early stopping without patience" loses={"checkpoint-best": "ended_early"}
# - [keeper]
# + [keeper, keras.callbacks.EarlyStopping()]

# %% [raw] wrong="early stopping with a patience of two" loses={"checkpoint-best": "ended_early"}
# - [keeper]
# + [keeper, keras.callbacks.EarlyStopping(patience=2)]

# %% [raw] wrong="copies without the weights" loses={"checkpoint-own": "other_weights", "checkpoint-best": "other_weights"}
# -             models[rate, seed].load_weights(own_file)
# +             models[rate, seed].load_weights(own_file)
# +             models[rate, seed] = keras.models.clone_model(models[rate, seed])

# %% [raw] wrong="weights, not models" loses={"checkpoint-own": "no_model", "checkpoint-best": "no_model"}
# -             models[rate, seed].load_weights(own_file)
# +             models[rate, seed] = models[rate, seed].get_weights()

# %% wrong="not written" loses={"checkpoint-own": "unwritten", "checkpoint-best": "unwritten"}
def best_models(train_one, rates, seeds, folder):
    """(rate, seed) -> the model of that run, at its lowest validation loss."""
    raise NotImplementedError()


# %% [raw] wrong="not returned" loses={"checkpoint-own": "other_keys", "checkpoint-best": "other_keys"}
# -     return models

# %% wrong="trainings in processes" loses={"checkpoint-own": "crash", "checkpoint-best": "crash"}
from multiprocessing import get_context


def best_models(train_one, rates, seeds, folder):
    runs = [(rate, seed) for rate in rates for seed in seeds]
    with get_context("fork").Pool(2) as pool:
        models = pool.starmap(train_one, [(*run, []) for run in runs])
    return dict(zip(runs, models))

# %% wrong="an early stopping that wants more than a hundredth" loses={"checkpoint-best": "ended_early"}
def best_models(train_one, rates, seeds, folder):
    def stopping():
        return keras.callbacks.EarlyStopping(
            "val_loss", min_delta=0.01, patience=1000, restore_best_weights=True
        )

    return {(rate, seed): train_one(rate, seed, [stopping()]) for rate in rates for seed in seeds}

# %% [raw] wrong="two decimals of the rate in the name, loaded at the end" loses={"checkpoint-own": "file_of_several_rates", "checkpoint-best": "of_another_run"}
# -     models = {}
# +     models, files = {}, {}
# - f"rate-{rate}-seed-{seed}.weights.h5"
# + f"rate-{rate:.2f}-seed-{seed}.weights.h5"
# -             models[rate, seed].load_weights(own_file)
# +             files[rate, seed] = own_file
# +     for run, file in files.items():
# +         models[run].load_weights(file)
