# One image for a class or for Binder: the chapters, their kernel and JupyterLab (docs/classroom.md).
FROM ubuntu:26.04 AS sdk
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates dotnet-sdk-10.0 git python3-venv \
    && rm -rf /var/lib/apt/lists/*
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

FROM sdk AS packages
COPY . /source
RUN dotnet pack /source/DeepNotes.sln --output /packages

FROM sdk
# The Hub starts jupyterhub-singleuser of this image, whose version must match that of the Hub.
ARG JUPYTERHUB=5.*
RUN python3 -m venv /opt/jupyter \
    && /opt/jupyter/bin/pip install --no-cache-dir jupyterlab "jupyterhub==$JUPYTERHUB"
RUN --mount=from=packages,source=/packages,target=/packages \
    dotnet tool install DeepNotes.Cli --tool-path /opt/deepnotes --add-source /packages \
    && /opt/deepnotes/deepnotes kernel install --prefix /opt/jupyter \
    && rm -rf /root/.nuget
ENV PATH=/opt/jupyter/bin:/opt/deepnotes:$PATH

# Binder sets the user name and id. Each home folder is initialized with the chapters, and so is a new volume mounted there.
ARG NB_USER=reader
ARG NB_UID=1000
COPY notebooks /etc/skel/notebooks
RUN (userdel --remove ubuntu || true) && useradd --create-home --uid "$NB_UID" "$NB_USER"
USER $NB_USER
WORKDIR /home/$NB_USER
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "notebooks"]
