"""One run of dlt from a PostgreSQL source: `dlt_pipeline.py FOLDER SCHEMA DATASET DISPOSITION STRATEGY`.

The addresses come from SOURCE_URI and TARGET_URI. Prints "ok" when the load went through.
"""

import os
import sys

import dlt
from dlt.sources.sql_database import sql_database


def main(folder, schema, dataset, disposition, strategy):
    source = sql_database(
        credentials=os.environ["SOURCE_URI"],
        schema=schema,
        table_names=["customers", "orders"],
        reflection_level="full_with_precision",
    )
    pipeline = dlt.pipeline(
        pipeline_name=f"check_{dataset}",
        pipelines_dir=folder,
        destination=dlt.destinations.postgres(
            credentials=os.environ["TARGET_URI"],
            replace_strategy=strategy if disposition == "replace" else None,
        ),
        dataset_name=dataset,
    )
    if disposition == "merge":
        for resource in source.resources.values():
            resource.apply_hints(write_disposition={"disposition": "merge", "strategy": strategy})
        info = pipeline.run(source)
    else:
        info = pipeline.run(source, write_disposition=disposition)
    info.raise_on_failed_jobs()
    print("ok")


if __name__ == "__main__":
    main(*sys.argv[1:])
