"""A FHIR server made with fhirstarter on SQLite: stores observations and reads patients. `bench/web.py` starts it.

    python fhir_fhirstarter.py DATABASE PORT PATIENTS

At its best: uvloop and httptools, no log of requests, handlers that spare the hop to another thread, and an id for an answer
where the framework allows one. Every observation is committed and synced before it is answered, as ours is.
"""

import json
import sqlite3
import sys
import uuid

import uvicorn
from fhir.resources.observation import Observation
from fhir.resources.patient import Patient
from fhirstarter import FHIRProvider, FHIRStarter, InteractionContext
from fhirstarter.exceptions import FHIRResourceNotFoundError

DATABASE, PORT, PATIENTS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def opened():
    db = sqlite3.connect(DATABASE, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE patient (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE TABLE observation (id TEXT PRIMARY KEY, patient TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE INDEX observation_of_patient ON observation (patient)")
    db.execute("BEGIN")
    db.executemany("INSERT INTO patient VALUES (?, ?)", (a_patient(number) for number in range(PATIENTS)))
    db.execute("COMMIT")
    return db


def a_patient(number):
    patient = {
        "resourceType": "Patient",
        "id": f"p{number}",
        "identifier": [{"system": "urn:example:number", "value": f"B-{number:06}"}],
        "name": [{"text": f"Bench Patient {number} (synthetic)"}],
        "gender": "female",
        "birthDate": "1994-03-02",
    }
    return patient["id"], json.dumps(patient)


db = opened()
provider = FHIRProvider()


@provider.read(Patient)
async def read_patient(context: InteractionContext, id_: str) -> Patient:
    row = db.execute("SELECT json FROM patient WHERE id = ?", (id_,)).fetchone()
    if not row:
        raise FHIRResourceNotFoundError
    return Patient.model_validate_json(row[0])


@provider.create(Observation)
async def create_observation(context: InteractionContext, resource: Observation) -> str:
    resource.id = str(uuid.uuid4())
    patient = resource.subject.reference.removeprefix("Patient/")
    db.execute("INSERT INTO observation VALUES (?, ?, ?)", (resource.id, patient, resource.model_dump_json()))
    return resource.id


app = FHIRStarter()
app.add_providers(provider)
uvicorn.run(app, host="127.0.0.1", port=PORT, loop="uvloop", http="httptools", access_log=False, log_level="warning")
