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


# %% wrong="one file for all runs" loses=["checkpoint-own", "checkpoint-best"] says=["all trainings write to the same file"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / "best.weights.h5",
                monitor="val_loss",
                save_best_only=True,
                save_weights_only=True,
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for model in models.values():
        model.load_weights(folder / "best.weights.h5")
    return models


# %% wrong="a file for each rate" loses=["checkpoint-own", "checkpoint-best"] says=["the same rate and different seeds write to the same file"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / f"rate-{rate}.weights.h5", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for (rate, _), model in models.items():
        model.load_weights(folder / f"rate-{rate}.weights.h5")
    return models


# %% wrong="a file for each seed" loses=["checkpoint-own", "checkpoint-best"] says=["trainings of different rates write to the same file"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / f"seed-{seed}.weights.h5", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for (_, seed), model in models.items():
        model.load_weights(folder / f"seed-{seed}.weights.h5")
    return models


# %% wrong="rates rounded to one digit" loses=["checkpoint-own", "checkpoint-best"] says=["perhaps its name rounds the rate"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / f"rate_{rate:.1f}_seed_{seed}.weights.h5",
                save_best_only=True,
                save_weights_only=True,
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for (rate, seed), model in models.items():
        model.load_weights(folder / f"rate_{rate:.1f}_seed_{seed}.weights.h5")
    return models


# %% wrong="no space between rate and seed" loses=["checkpoint-own", "checkpoint-best"] says=["runs rate and seed into one number"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / f"{rate}{seed}.weights.h5", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for (rate, seed), model in models.items():
        model.load_weights(folder / f"{rate}{seed}.weights.h5")
    return models


# %% wrong="by validation accuracy" loses=["checkpoint-best"] says=["validation accuracy decides"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_accuracy", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="by the training loss" loses=["checkpoint-best"] says=["the training loss decides"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="loss", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="the largest validation loss" loses=["checkpoint-best"] says=["the largest validation loss is taken for the best"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, "val_loss", save_best_only=True, save_weights_only=True, mode="max"
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="written after every epoch" loses=["checkpoint-best"] says=["written after every epoch"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="written but not restored" loses=["checkpoint-best"] says=["nothing is restored"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / f"rate-{rate}-seed-{seed}.weights.h5",
                monitor="val_loss",
                save_best_only=True,
                save_weights_only=True,
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    return models


# %% wrong="one callback for all runs" loses=["checkpoint-own", "checkpoint-best"] says=["one callback serves several runs"]
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


# %% wrong="each run trained twice" loses=["checkpoint-own"] says=["a training is repeated"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
            )
            train_one(rate, seed, [keeper])
            models[rate, seed] = train_one(rate, seed, [])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="keys exchanged" loses=["checkpoint-own", "checkpoint-best"] says=["the keys are not the pairs"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for seed in seeds:
        for rate in rates:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
            )
            models[seed, rate] = train_one(rate, seed, [keeper])
            models[seed, rate].load_weights(own_file)
    return models


# %% wrong="rate and seed exchanged in the call" loses=["checkpoint-own", "checkpoint-best"] says=["rate and seed are exchanged"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(seed, rate, [keeper])
            models[rate, seed].load_weights(own_file)
    return models


# %% wrong="better than the epoch before" loses=["checkpoint-best"] says=["compared with that of the epoch before"]
class Falling(keras.callbacks.Callback):
    before = np.inf

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.before:
            self.weights = self.model.get_weights()
        self.before = logs["val_loss"]


def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = Falling()
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].set_weights(keeper.weights)
    return models


# %% wrong="early stopping without patience" loses=["checkpoint-best"] says=["the search ends at the first rise"]
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% wrong="early stopping with a patience of two" loses=["checkpoint-best"] says=["the search ends at the first rise or some epochs after it"]
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% wrong="early stopping with a patience of four" loses=["checkpoint-best"] says=["the search ends at the first rise or some epochs after it"]
def best_models(train_one, rates, seeds, folder):
    def keeper():
        return keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)

    return {(rate, seed): train_one(rate, seed, [keeper()]) for rate in rates for seed in seeds}


# %% wrong="a checkpoint, and early stopping with a patience of three" loses=["checkpoint-best"] says=["a lower value may come later"]
def best_models(train_one, rates, seeds, folder):
    found = {}
    for rate in rates:
        for seed in seeds:
            path = folder / f"{rate}_{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                path, save_best_only=True, save_weights_only=True
            )
            patient = keras.callbacks.EarlyStopping(patience=3)
            found[rate, seed] = train_one(rate, seed, [keeper, patient])
            found[rate, seed].load_weights(path)
    return found


# %% wrong="copies without the weights" loses=["checkpoint-own", "checkpoint-best"] says=["whose weights were never restored"]
def best_models(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
            )
            model = train_one(rate, seed, [keeper])
            model.load_weights(own_file)
            models[rate, seed] = keras.models.clone_model(model)
    return models


# %% wrong="weights, not models" loses=["checkpoint-own", "checkpoint-best"] says=["other than the model"]
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


# %% wrong="not written" loses=["checkpoint-own", "checkpoint-best"] says=["this part is not written yet"]
def best_models(train_one, rates, seeds, folder):
    """(rate, seed) -> the model of that run, at its lowest validation loss."""
    raise NotImplementedError()


# %% wrong="not returned" loses=["checkpoint-own", "checkpoint-best"] says=["found:    None"]
def best_models(train_one, rates, seeds, folder):
    for rate in rates:
        for seed in seeds:
            model = train_one(rate, seed, [])
            print(rate, seed, model.name)
