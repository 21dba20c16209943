PYTHON ?= python3
ARTICLE ?=
export ARTICLE

.PHONY: help run test lab lock bench check notebooks docs models measures ablate pictures
run:   ; @$(PYTHON) bootstrap.py run $${ARTICLE:+"$$ARTICLE"}
help:  ; @$(PYTHON) bootstrap.py help
test:  ; @$(PYTHON) bootstrap.py test
lab:   ; @$(PYTHON) bootstrap.py lab
lock:  ; @$(PYTHON) bootstrap.py lock
bench: ; @$(PYTHON) bootstrap.py bench
check: ; @$(PYTHON) bootstrap.py check
notebooks: ; @$(PYTHON) bootstrap.py notebooks
docs:  ; @$(PYTHON) bootstrap.py docs
models: ; @$(PYTHON) bootstrap.py models "$(GOLD)" $(START)
ablate: ; @$(PYTHON) bootstrap.py ablate "$(GOLD)"
measures: ; @$(PYTHON) bootstrap.py measures "$(GOLD)"
pictures: ; @$(PYTHON) bootstrap.py pictures
