# %% [markdown]
# Answers to the item `deeper-test`.

# %% [raw] right="the conclusion computed"
# - "higher"
# + "cannot be told apart"
# + difference = compare(deeper_test, deeper_chosen)
# + if difference.low > 0:
# +     deeper_conclusion = "higher"
# + elif difference.high < 0:
# +     deeper_conclusion = "lower"

# %% [raw] right="blanks behind the commas, capitals and a full stop"
# - deeper_conclusion = "higher"
# + deeper_test = deeper_test.replace(",", ", ")
# + deeper_conclusion = " Higher. "

# %% [raw] right="rows by model, from the last seed to the first, an index in front"
# - deeper_conclusion = "higher"
# + table = pd.read_csv(StringIO(deeper_test)).sort_values(["model", "seed"], ascending=False)
# + deeper_test = table.to_csv()
# + deeper_conclusion = "higher"

# %% [raw] right="lower on another machine, a warning"
# - 1.207058,0.648000
# + 1.207058,0.448000
# - 1.255462,0.626500
# + 1.255462,0.426500
# - 1.472724,0.578500
# + 1.472724,0.378500
# - 1.366725,0.595000
# + 1.366725,0.395000
# - deeper_conclusion = "higher"
# + import warnings
# +
# + warnings.warn("five blocks are worse here")
# + deeper_conclusion = "lower"

# %% [raw] right="not told apart on another machine"
# - 1.207058,0.648000
# + 1.207058,0.548000
# - deeper_conclusion = "higher"
# + deeper_conclusion = "cannot be told apart"

# %% [raw] right="a difference that hardly varies"
# - 1.207058,0.648000
# + 1.207058,0.575000
# - 1.255462,0.626500
# + 1.255462,0.611000
# - 1.472724,0.578500
# + 1.472724,0.537000
# - 1.366725,0.595000
# + 1.366725,0.508000
# - "higher"
# + "higher"
# + %time print(compare(deeper_test, deeper_chosen))

# %% wrong="not written" loses={"deeper-test-conclusion": "error"}
raise NotImplementedError()

# %% wrong="empty" loses={"deeper-test-conclusion": "unreadable"}
deeper_test = ""
deeper_conclusion = "higher"

# %% wrong="the first table again" loses={"deeper-test-conclusion": "other_columns"}
deeper_test = deeper_evidence
deeper_conclusion = "higher"

# %% [raw] wrong="two columns of one name" loses={"deeper-test-conclusion": "column_twice"}
# - model,seed,test_loss
# + model,seed,seed

# %% [raw] wrong="the other variant" loses={"deeper-test-conclusion": "other_models"}
# - deeper_conclusion = "higher"
# + deeper_test = deeper_test.replace("5 blocks", "4 blocks")
# + deeper_conclusion = "higher"

# %% [raw] wrong="the choice made anew after a look at the test" loses={"deeper-test-conclusion": "other_models"}
# - deeper_conclusion = "higher"
# + deeper_test = deeper_test.replace("5 blocks", "4 blocks")
# + deeper_conclusion = "higher"
# + deeper_chosen = "4 blocks"
# + deeper_kept = deeper_evidence, deeper_chosen

# %% [raw] wrong="per cent" loses={"deeper-test-conclusion": "percentages"}
# - 2.006580,0.573000
# + 2.006580,57.300000

# %% [raw] wrong="a third as share" loses={"deeper-test-conclusion": "no_share"}
# - 1.255462,0.626500
# + 1.255462,0.666667

# %% [raw] wrong="a seed left out" loses={"deeper-test-conclusion": "other_seeds"}
# - plain,3,2.103926,0.506000
# - 5 blocks,3,1.366725,0.595000

# %% [raw] wrong="a row left out" loses={"deeper-test-conclusion": "other_seeds"}
# - 5 blocks,2,1.472724,0.578500

# %% [raw] wrong="the runs are not paired" loses={"deeper-test-conclusion": "unpaired"}
# - deeper_conclusion = "higher"
# + deeper_conclusion = "cannot be told apart"

# %% [raw] wrong="the sign of the mean decides" loses={"deeper-test-conclusion": "sign_alone"}
# - 1.207058,0.648000
# + 1.207058,0.548000

# %% [raw] wrong="the losses compared" loses={"deeper-test-conclusion": "sign_alone"}
# - 1.207058,0.648000
# + 1.207058,0.348000
# - deeper_conclusion = "higher"
# + deeper_conclusion = "lower"

# %% [raw] wrong="one of four seeds decides" loses={"deeper-test-conclusion": "other_rows"}
# - 1.207058,0.648000
# + 1.207058,0.548000
# - deeper_conclusion = "higher"
# + deeper_conclusion = "lower"

# %% [raw] wrong="another word" loses={"deeper-test-conclusion": "no_conclusion"}
# - deeper_conclusion = "higher"
# + deeper_conclusion = "equal"

# %% [raw] wrong="an empty conclusion" loses={"deeper-test-conclusion": "no_conclusion"}
# - deeper_conclusion = "higher"
# + deeper_conclusion = ""

# %% [raw] wrong="no conclusion" loses={"deeper-test-conclusion": "missing"}
# - deeper_conclusion = "higher"
