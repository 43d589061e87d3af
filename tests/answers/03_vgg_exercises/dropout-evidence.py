# %% [markdown]
# Answers to the item `dropout-evidence`.

# %% [raw] right="blanks at the commas and in front, other epochs, the choice in a loop"
# - dropout_chosen = "rates A"
# + dropout_evidence = dropout_evidence.replace(",30,", ",8,")
# + scores = {}
# + for line in dropout_evidence.strip().splitlines()[1:]:
# +     model, *_, accuracy = line.split(",")
# +     scores.setdefault(model, []).append(float(accuracy))
# + del scores["plain"], scores["5 blocks"]
# + dropout_chosen = max(scores, key=lambda model: sum(scores[model]))
# + dropout_evidence = dropout_evidence.replace(",", " , ").replace("\n", "\n    ")
# + %matplotlib inline

# %% [raw] right="three digits, pictures as a float, rows shuffled, a warning"
# - dropout_chosen = "rates A"
# + import warnings
# +
# + warnings.warn("three digits after the point will do")
# + table = pd.read_csv(StringIO(dropout_evidence)).astype({"pictures": float})
# + dropout_evidence = table.round(3).sample(frac=1, random_state=1).to_csv(index=False)
# + dropout_chosen = "rates A"

# %% [raw] right="each wrong answer in a tie of two classes"
# - dropout_chosen = "rates A"
# + table = pd.read_csv(StringIO(dropout_evidence))
# + for part in ("train", "validation"):
# +     table[f"{part}_loss"] = np.log(2) * (1 - table[f"{part}_accuracy"])
# + dropout_evidence = table.to_csv(index=False, float_format="%.6f")
# + dropout_chosen = "rates A"

# %% [raw] right="rates B are better on another machine"
# - 0.942348,0.723000
# + 0.942348,0.423000
# - 1.954223,0.206000
# + 1.954223,0.806000
# - dropout_chosen = "rates A"
# + dropout_chosen = "rates B"

# %% [raw] wrong="a column is missing" loses={"dropout-evidence-table": "other_columns", "dropout-evidence-fair": "other_columns", "dropout-evidence-choice": "other_columns"}
# - ,validation_loss,validation_accuracy
# + ,validation_loss

# %% [raw] wrong="blanks for commas" loses={"dropout-evidence-table": "other_columns", "dropout-evidence-fair": "other_columns", "dropout-evidence-choice": "other_columns"}
# - dropout_chosen = "rates A"
# + dropout_evidence = dropout_evidence.replace(",", "  ")
# + dropout_chosen = "rates A"

# %% [raw] wrong="the table two hundred times" loses={"dropout-evidence-table": "no_text", "dropout-evidence-fair": "no_text", "dropout-evidence-choice": "no_text"}
# - dropout_chosen = "rates A"
# + dropout_evidence *= 200
# + dropout_chosen = "rates A"

# %% [raw] wrong="a run diverged" loses={"dropout-evidence-table": "no_numbers", "dropout-evidence-fair": "no_numbers", "dropout-evidence-choice": "no_numbers"}
# - 2.086740
# + inf

# %% [raw] wrong="a negative share" loses={"dropout-evidence-table": "percentages"}
# - 1.954223,0.206000
# + 1.954223,-0.206000

# %% [raw] wrong="wrong answers at no cost" loses={"dropout-evidence-table": "low_loss"}
# - 0.942348
# + 0.050000

# %% [raw] wrong="half epochs" loses={"dropout-evidence-table": "no_count"}
# - dropout_chosen = "rates A"
# + dropout_evidence = dropout_evidence.replace(",30,", ",12.5,")
# + dropout_chosen = "rates A"

# %% [raw] wrong="no epochs" loses={"dropout-evidence-table": "no_count", "dropout-evidence-fair": "changed"}
# - dropout_chosen = "rates A"
# + dropout_evidence = dropout_evidence.replace(",30,", ",0,")
# + dropout_chosen = "rates A"

# %% [raw] wrong="rates B are rates A plus a constant" loses={"dropout-evidence-table": "shifted"}
# - dropout_chosen = "rates A"
# + table = pd.read_csv(StringIO(dropout_evidence))
# + table.loc[3::4, "validation_loss"] = table.loc[2::4, "validation_loss"].to_numpy() + 0.01
# + dropout_evidence = table.to_csv(index=False)
# + dropout_chosen = "rates A"

# %% [raw] wrong="a seed is missing in one model" loses={"dropout-evidence-fair": "other_seeds"}
# - rates A,3,30,500,1.312159,0.590000,0.863668,0.734000

# %% [raw] wrong="more pictures for a plain model" loses={"dropout-evidence-fair": "changed"}
# - plain,0,30,500
# + plain,0,30,1000

# %% [raw] wrong="the net of part 1 is missing" loses={"dropout-evidence-table": "other_models", "dropout-evidence-fair": "other_models"}
# - 5 blocks,0,30,500,0.839674,0.714000,1.105604,0.686000
#
# - 5 blocks,1,30,500,0.909710,0.694000,1.187814,0.657000
#
# - 5 blocks,2,30,500,0.883876,0.702000,1.359916,0.596000
#
# - 5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000

# %% [raw] wrong="the name of the net of part 1 without its number" loses={"dropout-evidence-table": "other_models", "dropout-evidence-fair": "other_models"}
# - dropout_chosen = "rates A"
# + dropout_evidence = dropout_evidence.replace("5 blocks", "blocks")
# + dropout_chosen = "rates A"

# %% [raw] wrong="the choice by training accuracy" loses={"dropout-evidence-choice": "by_training"}
# - 2.086740,0.186000
# + 2.086740,0.986000
# - dropout_chosen = "rates A"
# + dropout_chosen = "rates B"

# %% [raw] wrong="the rates in place of their name" loses={"dropout-evidence-choice": "no_variant"}
# - dropout_chosen = "rates A"
# + dropout_chosen = rate_choices["rates A"]

# %% [raw] wrong="both variants chosen" loses={"dropout-evidence-choice": "no_variant"}
# - dropout_chosen = "rates A"
# + dropout_chosen = ["rates A", "rates B"]

# %% [raw] wrong="the choice without quotation marks" loses={"dropout-evidence-table": "error", "dropout-evidence-fair": "error", "dropout-evidence-choice": "error"}
# - dropout_chosen = "rates A"
# + dropout_chosen = rates A

# %% [raw] wrong="the net of part 1 is chosen" loses={"dropout-evidence-choice": "compared"}
# - dropout_chosen = "rates A"
# + dropout_chosen = "5 blocks"
