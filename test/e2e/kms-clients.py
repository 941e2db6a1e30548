"""What a program on boto3 does with KMS: keys, data keys, signatures, pages, errors as classes."""
import hashlib
import json
import sys

import boto3

kms = boto3.client("kms", endpoint_url=sys.argv[1])
key = kms.create_key(Description="boto", Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]
kms.create_alias(AliasName="alias/boto", TargetKeyId=key["KeyId"])
context = {"app": "web"}
blob = kms.encrypt(KeyId="alias/boto", Plaintext=b"hello", EncryptionContext=context)["CiphertextBlob"]
opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)
try:
    kms.decrypt(CiphertextBlob=blob)
    error = None
except kms.exceptions.InvalidCiphertextException as refused:
    error = refused.response["Error"]["Message"]
data = kms.generate_data_key(KeyId=key["Arn"], KeySpec="AES_256")
signing = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
digest = hashlib.sha256(b"message").digest()
signature = kms.sign(KeyId=signing, Message=digest, MessageType="DIGEST", SigningAlgorithm="ECDSA_SHA_256")["Signature"]
valid = kms.verify(
    KeyId=signing, Message=b"message", MessageType="RAW", SigningAlgorithm="ECDSA_SHA_256", Signature=signature
)["SignatureValid"]
names = [alias["AliasName"] for page in kms.get_paginator("list_aliases").paginate(Limit=1) for alias in page["Aliases"]]
print(
    json.dumps(
        {
            "opened": opened["Plaintext"].decode(),
            "error": error,
            "data": len(data["Plaintext"]),
            "valid": valid,
            "names": names,
            "state": kms.describe_key(KeyId="alias/boto")["KeyMetadata"]["KeyState"],
        }
    )
)
